"""What machines are told of a page: its one address, a sentence about it, its roles in the words of schema.org."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from comparisons import formats
from comparisons.language.summary import Sentence
from comparisons.language.titles import plural
from comparisons.links import address
from comparisons.queries.roles import CurrentRole
from comparisons.rows import money_range

# Characters of a description that search engines show.
DESCRIBED = 160
# Inside a script element these would end it or its string; JSON reads them as the same characters.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# Property of schema.org -> the field of a role's pay that it means. Both ends of a range are no percentiles.
_DISTRIBUTION = {
    "percentile10": "annual_p10",
    "percentile25": "annual_p25",
    "median": "annual_median",
    "percentile75": "annual_p75",
    "percentile90": "annual_p90",
}
_AMOUNT = {"value": "annual_average", "minValue": "annual_low", "maxValue": "annual_high"}


def of_role(request: HttpRequest, role: CurrentRole) -> SafeString:
    """What stands in the head of its page."""
    sentences = [*_pay(role), *_jobs(role)]
    described = description(sentences, f"What {plural(role.title)} do, and what is published of their work.")
    url = absolute(request, address("role", role.slug))
    return _head(role.title, described, url, json_ld(request, [role]))


def of_comparison(
    request: HttpRequest, roles: Sequence[CurrentRole], said: Iterable[Sentence], canonical: str
) -> SafeString:
    """The same of a comparison. `said`: the computed sentences at the top of the page. `canonical`: the address that is
    the same for every order of the roles."""
    title = " vs ".join(role.title for role in roles)
    words = ["".join(part.text for part in sentence.parts) for sentence in said]
    described = description([f"{each}." for each in words], f"{title}: pay, jobs, skills and the work, side by side.")
    return _head(title, described, absolute(request, canonical), json_ld(request, roles))


def _head(title: str, described: str, url: str, data: SafeString) -> SafeString:
    return format_html(
        '<link rel="canonical" href="{}">\n<meta name="description" property="og:description" content="{}">\n'
        '<meta property="og:title" content="{}">\n<meta property="og:url" content="{}">\n'
        '<meta property="og:type" content="website">\n<meta property="og:site_name" content="Rolewise">\n{}',
        *(url, described, title, url, data),
    )


def absolute(request: HttpRequest, path: str) -> str:
    return f"{request.scheme}://{request.get_host()}{path}"


def description(sentences: Iterable[str], otherwise: str) -> str:
    """As many whole sentences as search engines show, in their order; where none is short enough, something general.

    >>> description(["One.", "x" * 200, "Two."], "Nothing."), description(["x" * 161], "Pay.")
    ('One. Two.', 'Pay.')
    >>> description([], "y" * 161)
    'Roles side by side: pay, jobs, skills and the work.'
    """
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        text = longer if len(longer) <= DESCRIBED else text
    shorter = otherwise if len(otherwise) <= DESCRIBED else "Roles side by side: pay, jobs, skills and the work."
    return text or shorter


def _pay(role: CurrentRole) -> list[str]:
    pay = _values(role, "salary")
    average, low, high = (pay.get(name) for name in ("annual_average", "annual_low", "annual_high"))
    people = plural(role.title)
    people = people[:1].upper() + people[1:]
    if average is not None:
        return [f"{people} average {formats.dollars(average)} a year."]
    return [] if low is high is None else [f"Yearly pay of {plural(role.title)}: {money_range(low, high)}."]


def _jobs(role: CurrentRole) -> list[str]:
    count = _values(role, "outlook").get("job_count")
    return [] if count is None else [f"There {'is' if count == 1 else 'are'} {formats.counted(count, 'job')}."]


def _values(role: CurrentRole, group: str) -> Mapping[str, Any]:
    facts = role.groups.get(group)
    return facts.values if facts else {}


def json_ld(request: HttpRequest, roles: Sequence[CurrentRole]) -> SafeString:
    graph = [occupation(role) | {"url": absolute(request, address("role", role.slug))} for role in roles]
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # The one place that needs it: no template can write JSON into a script element of this type. Escaped above.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped in the line above


def occupation(role: CurrentRole) -> dict[str, Any]:
    """A role as schema.org's Occupation, with the yearly pay that its source gives, in USD."""
    found: dict[str, Any] = {"@type": "Occupation", "name": role.title}
    pay = _values(role, "salary")
    amount = {name: pay[field] for name, field in _AMOUNT.items() if pay.get(field) is not None}
    distribution = {name: pay[field] for name, field in _DISTRIBUTION.items() if pay.get(field) is not None}
    if amount or distribution:
        # A distribution has no place for an average and for the ends of a range, an amount has.
        kinds = ["MonetaryAmountDistribution", *(["MonetaryAmount"] if amount else [])]
        name = f"Yearly pay as published by {role.groups['salary'].source.publisher}"
        about = {"@type": kinds, "name": name, "currency": "USD", "duration": "P1Y"}
        found["estimatedSalary"] = about | amount | distribution
    return found
