"""Metadata of pages for machines: the canonical address, a description, and the roles in the words of schema.org."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from comparisons import formats
from comparisons.formats import money_range
from comparisons.language.parts import Sentence
from comparisons.language.verdict import Verdict
from comparisons.language.verdict.lead_sentences import NOT_OF_THE_WORK
from comparisons.links import address
from comparisons.queries.current_role import CitedPage, CurrentRole
from comparisons.titles import capitalize, pluralize

# Characters of a description that search engines show.
DESCRIBED = 160
GENERAL = "Roles side by side: pay, jobs, skills and the work."
# Groups with the figures that sentences of a comparison use.
FIGURES = ("salary", "outlook", "projection")
# These could end a script element or a string in it; JSON reads the escapes as the same characters.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# Property of schema.org -> the field of a role's pay. The ends of a range are not percentiles.
_DISTRIBUTION = {
    "percentile10": "annual_p10",
    "percentile25": "annual_p25",
    "median": "annual_median",
    "percentile75": "annual_p75",
    "percentile90": "annual_p90",
}
_AMOUNT = {"value": "annual_average", "minValue": "annual_low", "maxValue": "annual_high"}


class PageMetadata(NamedTuple):
    """What the head of a page says. `json_ld`: its roles in the words of schema.org, safe inside a script element."""

    description: str
    url: str
    json_ld: SafeString


def describe_role(request: HttpRequest, role: CurrentRole, query: str) -> PageMetadata:
    """`query`: what chooses a state. The description is of the whole country."""
    described = write_description(
        _describe_figures(role), f"What {pluralize(role.name)} do, and what is published about their work."
    )
    url = make_absolute(request, address("role", role.slug) + query)
    return PageMetadata(described, url, write_json_ld(request, [role]))


def describe_comparison(
    request: HttpRequest, roles: Sequence[CurrentRole], verdict: Verdict, canonical: str
) -> PageMetadata:
    """`canonical`: the path for every order of the roles."""
    title = " vs ".join(role.name for role in roles)
    sentences = list(map(_join_text, verdict.sentences))
    leads = " ".join(sentences)
    general = [f"{title}: pay, jobs, skills and the work, side by side.", f"{title}."]
    toss_up = _join_text(verdict.toss_up) if verdict.toss_up else ""
    origins = _name_origins(roles)
    # Of two roles a verdict is given as a whole. It has no figures, so it needs no origin.
    whole = " ".join(filter(None, [leads, toss_up, origins]))
    texts = [whole, f"{leads} {origins}", leads, leads.replace(NOT_OF_THE_WORK, "")]
    for count in range(len(sentences) - 1, 0, -1) if len(roles) > 2 else ():
        beginning = " ".join(sentences[:count])
        texts += [f"{beginning} {origins}", beginning]
    texts += general
    described = next((text for text in texts if len(text) <= DESCRIBED), GENERAL)
    return PageMetadata(described, make_absolute(request, canonical), write_json_ld(request, roles))


def _join_text(sentence: Sentence) -> str:
    return "".join(part.text for part in sentence)


def make_absolute(request: HttpRequest, path: str) -> str:
    return f"{request.scheme}://{request.get_host()}{path}"


def write_description(sentences: Iterable[str], otherwise: str) -> str:
    """Join as many whole sentences as search engines show; if none is short enough, return a general text.

    >>> write_description(["One.", "x" * 200, "Two."], "Nothing."), write_description(["x" * 161], "Pay.")
    ('One. Two.', 'Pay.')
    >>> write_description([], "y" * 161)
    'Roles side by side: pay, jobs, skills and the work.'
    """
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) <= DESCRIBED:
            text = longer
    return text or (otherwise if len(otherwise) <= DESCRIBED else GENERAL)


def _name_origins(roles: Iterable[CurrentRole]) -> str:
    """The publishers of the roles' figures, each with its months or the days on which its pages were saved."""
    dates: dict[str, dict[str, None]] = {}
    for role in roles:
        for group, facts in role.groups.items():
            if group in FIGURES:
                publisher = facts.source.publisher
                date = _name_origin(facts.source).removeprefix(f"{publisher}, ")
                dates.setdefault(publisher, {})[date] = None
    origins = [f"{publisher}, {formats.listed(list(listed))}" for publisher, listed in dates.items()]
    return f"{'; '.join(origins)}." if origins else ""


def _name_origin(page: CitedPage) -> str:
    return f"{page.publisher}, {page.release}" if page.release else page.short


def _describe_figures(role: CurrentRole) -> list[str]:
    """Pay and the number of jobs, in one sentence where they are of one origin."""
    described: dict[str, list[str]] = {}
    for group, words in (("salary", _describe_pay(role)), ("outlook", _describe_jobs(role))):
        if words:
            described.setdefault(_name_origin(role.groups[group].source), []).append(words)
    return [f"{capitalize(', and '.join(words))} ({origin})." for origin, words in described.items()]


def _describe_pay(role: CurrentRole) -> str:
    """The median, else the average, else the range; "" where none is published."""
    pay = _read_values(role, "salary")
    people = pluralize(role.name)
    if pay.get("annual_median") is not None:
        return f"half of {people} earn more than {formats.dollars(pay['annual_median'])} a year"
    if pay.get("annual_average") is not None:
        return f"{people} average {formats.dollars(pay['annual_average'])} a year"
    low, high = pay.get("annual_low"), pay.get("annual_high")
    return "" if low is None and high is None else f"yearly pay of {people}: {money_range(low, high)}"


def _describe_jobs(role: CurrentRole) -> str:
    count = _read_values(role, "outlook").get("job_count")
    return "" if count is None else f"there {'is' if count == 1 else 'are'} {formats.counted(count, 'job')}"


def _read_values(role: CurrentRole, group: str) -> Mapping[str, Any]:
    facts = role.groups.get(group)
    return facts.values if facts else {}


def write_json_ld(request: HttpRequest, roles: Sequence[CurrentRole]) -> SafeString:
    """Return JSON that can stand in a script element as it is."""
    paths = [address("role", role.slug) for role in roles]
    graph = [
        describe_occupation(role) | {"url": make_absolute(request, path)}
        for role, path in zip(roles, paths, strict=True)
    ]
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # The one place that needs it, because a script element of this type must hold JSON without HTML escapes.
    return mark_safe(text)  # noqa: S308  escaped in the line above


def describe_occupation(role: CurrentRole) -> dict[str, Any]:
    """Return a role as schema.org's Occupation, with the yearly pay that its source gives, in USD."""
    data: dict[str, Any] = {"@type": "Occupation", "name": role.title}
    if role.name.casefold() != role.title.casefold():
        data["alternateName"] = role.name
    pay = _read_values(role, "salary")
    amount = {name: pay[field] for name, field in _AMOUNT.items() if pay.get(field) is not None}
    distribution = {name: pay[field] for name, field in _DISTRIBUTION.items() if pay.get(field) is not None}
    if amount or distribution:
        # An average and the ends of a range belong to an amount; a distribution has no properties for them.
        kinds = ["MonetaryAmountDistribution", *(["MonetaryAmount"] if amount else [])]
        name = f"Yearly pay as published by {_name_origin(role.groups['salary'].source)}"
        about = {"@type": kinds, "name": name, "currency": "USD", "duration": "P1Y"}
        data["estimatedSalary"] = about | amount | distribution
    return data
