"""What the templates of a comparison and of a role draw from: every text ready, nothing left to look up or decide."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from careers.vocabulary import LABELS, NOT_IN_SOURCE, SKILL_KINDS, STORED_IN
from comparisons import formats
from comparisons.charts import draw_figures
from comparisons.charts.svg import svg
from comparisons.comparison import Comparison
from comparisons.language import messages, reasons, summary
from comparisons.links import VS, address, of_roles
from comparisons.queries.distributions import FEWEST_VALUES, find_distribution
from comparisons.queries.ranks import rank_role
from comparisons.queries.related import Capture, Neighbour, read_surroundings
from comparisons.queries.roles import MOST_ROLES, CurrentRole, SkillEntry
from comparisons.rows import LETTERS, money_range
from comparisons.search.matching import Match, Title
from comparisons.views import markup, passages
from comparisons.views.markup import Table
from comparisons.views.tables import differences, head


def canonical(comparison: Comparison) -> str:
    """The same comparison in alphabetical order: one address for search engines."""
    return of_roles(sorted(side.slug for side in comparison.sides))


def shown(comparison: Comparison, table: Table) -> dict[str, Any]:
    """What the pages of a comparison and of a single role have in common."""
    return {
        "sources": passages.sources(comparison),
        "sides": comparison.sides,
        "two": len(comparison.sides) == 2,
        "sections": {each.section.slug: markup.section(each, table) for each in comparison.sections},
        "figures": {figure.slug: markup.figure(figure, svg(figure)) for figure in draw_figures(comparison)},
        "coverage": passages.coverage(summary.write_coverage(comparison)),
        "skill_places": passages.skill_places(comparison, named=len(comparison.sides) > 1),
    }


def role_page(comparison: Comparison) -> dict[str, Any]:
    context = shown(comparison, Table(head(comparison), comparison.sides, {}))
    return context | {
        "side": comparison.sides[0],
        "skill_groups": skill_groups(comparison.skills.lists[0]),
        "work": passages.work(comparison.sides[0], "h3", summary=False),
    }


def surroundings(role: CurrentRole) -> dict[str, Any]:
    """What stands around a single role: its place among all, its pages, what it can be compared with."""
    found = read_surroundings(role)
    return {
        "code": role.soc_code,
        "ranks": [reasons.rank_sentence(rank) for rank in rank_role(role)],
        "companions": [
            companion._asdict() | {"why": reasons.companion_reason(companion)} for companion in found.companions
        ],
        "captures": [_capture(each) for each in found.captures] if len(found.captures) > 1 else [],
        "official": [(each, _side_by_side(role, each)) for each in found.official],
        "closest_to": found.closest_to,
    }


def _capture(capture: Capture) -> tuple[str, ...]:
    """What one page says: day, publisher, pay, range, jobs, growth. On a phone the heads are away, so each text says
    what it is."""
    pay = f"{formats.dollars(capture.pay)} on average" if capture.pay is not None else ""
    if not pay and capture.median is not None:
        pay = f"{formats.dollars(capture.median)}, the median"
    ends = (capture.low, capture.high)
    return (
        f"{capture.day:%B %Y}" if capture.release else formats.day(capture.day),
        capture.publisher,
        pay or formats.MISSING,
        money_range(*ends) if ends != (None, None) else formats.MISSING,
        formats.MISSING if capture.jobs is None else formats.counted(capture.jobs, "job"),
        formats.MISSING if capture.growth is None else f"{formats.growth(capture.growth)} growth",
    )


def _side_by_side(role: CurrentRole, official: Neighbour) -> list[tuple[str, str, str, str]]:
    """The role's figures beside an official occupation's: row, text, whose it is, the official text."""
    rows = []
    for key, theirs, show in (
        ("salary.annual_average", official.pay, formats.dollars),
        ("salary.annual_median", official.median, formats.dollars),
        ("outlook.job_count", official.jobs, formats.plain),
    ):
        group, field = STORED_IN[key]
        facts = role.groups.get(group)
        own = facts.values[field] if facts else None
        if own is None and theirs is None:
            continue
        whose = facts.source.publisher if facts and own is not None else ""
        texts = [formats.MISSING if value is None else show(value) for value in (own, theirs)]
        rows.append((LABELS[key], texts[0], whose, texts[1]))
    return rows


def comparison_page(comparison: Comparison) -> dict[str, Any]:
    slugs = [side.slug for side in comparison.sides]
    found = find_distribution(comparison.revision, comparison.values_of_one_publisher())
    said = summary.summarize(comparison)
    differing = differences(comparison, found.unusual)
    table = Table(head(comparison), comparison.sides, found.group_figures)
    return shown(comparison, table) | {
        "title": messages.VERSUS.join(side.title for side in comparison.sides),
        "versus": passages.versus(comparison.sides),
        "said": said,
        "in_short": passages.short(said),
        "works": [(side, address("role", side.slug), passages.work(side, "h4")) for side in comparison.sides],
        "moves": passages.moves(summary.write_moves(comparison)),
        "differences": markup.brief_table("What differs", differing, table),
        "of_differences": messages.differences(
            comparison.sides, differing, by_unusual=bool(found.unusual), fewest=FEWEST_VALUES
        ),
        # What stands in a section that no source speaks of.
        "unspoken": f"{NOT_IN_SOURCE} for {messages.EVERYONE[len(slugs)]}",
        "equal_people": bool(comparison.section("people").same),
        "canonical": canonical(comparison),
        "slugs": VS.join(slugs),
        "json": address("comparison_json", *slugs),
        "csv": address("comparison_csv", *slugs),
        "file": address("comparison_html", *slugs),
        "swapped": of_roles(slugs[::-1]),
        "pickers": passages.pickers(
            comparison.sides, [of_roles([*slugs[:index], *slugs[index + 1 :]]) for index in range(len(slugs))]
        ),
        "room": len(slugs) < MOST_ROLES,
    }


class SkillGroup(NamedTuple):
    heading: str
    skills: list[SkillEntry]


def skill_groups(skills: Sequence[SkillEntry]) -> list[SkillGroup]:
    """A role's skills in page order, parted by kind and tier."""
    return [
        SkillGroup(tier or SKILL_KINDS[kind], list(entries))
        for (kind, tier), entries in groupby(skills, key=lambda skill: (skill.kind, skill.tier))
    ]


class Picker(NamedTuple):
    """One input of the form that asks which roles are meant. `choices`: what the typed words could mean."""

    letter: str
    label: str
    value: str
    typed: str
    choices: list[Title]
    unknown: str


def choosing(matches: Sequence[Match]) -> dict[str, Any]:
    """The form for roles that are not clear yet; what is clear stays filled in, and there are two inputs at least."""
    pickers = []
    for index in range(max(len(matches), 2)):
        match = matches[index] if index < len(matches) else Match("", None, [])
        unknown = messages.unknown([match.typed]) if match.typed and not match.role and not match.choices else ""
        value = match.role.title if match.role else match.typed
        pickers.append(Picker(LETTERS[index], messages.ORDINALS[index], value, match.typed, match.choices, unknown))
    return {"pickers": pickers, "message": messages.asks(matches)}
