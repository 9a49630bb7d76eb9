"""Whatever figures are missing, every sentence of a comparison is whole."""

import re
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparisons.comparison import Comparison
from comparisons.language.verdict import entry_findings, find_takeaway, outlook_findings, pay_findings, write_verdict
from comparisons.queries.current_role import CurrentRole
from comparisons.titles import in_prose, pluralize
from tests.comparisons.figure_tables import list_verdict_texts
from tests.comparisons.made_roles import LEVELS, compare_roles, make_outlook, make_page, make_role

Numbers = list[int | None]
TITLES = st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.none() | st.sampled_from([0, 1, 100, 90_615]) | st.integers(0, 400_000)
SHARES = st.none() | st.integers(0, 14)
FOLLOWED = ("pay", "outlook.job_count", "projection.growth_percent", "projection.openings_per_year", "education")
FINDERS = (
    pay_findings.find_pay_steps,
    pay_findings.find_spreads,
    entry_findings.find_attainment,
    entry_findings.write_entry,
    outlook_findings.find_new_jobs,
    outlook_findings.find_room,
)
HOLE = re.compile(r"None|nan|—|  | [,.;:)]|\( |[,;:]$|: ,|,[,;]|and and|\.\.")


def make_role_of_numbers(index: int, title: str, numbers: Numbers, shares: Numbers) -> CurrentRole:
    average, median, jobs, openings, low, base = numbers
    pay = {"annual_average": average, "annual_median": median, "annual_p10": low, "annual_p90": average}
    return make_role(
        title,
        page=make_page(("Zippia", "Bureau")[index % 2], ("May 2025", "May 2024")[openings is None]),
        salary=pay | {"annual_low": low, "annual_high": low and low + 20_000},
        outlook={"job_count": jobs},
        projection=make_outlook((median or 0) % 30 - 15, openings or 0, base or 0, jobs or 0),
        attainment={level: share and Decimal(share) for level, share in zip(LEVELS, shares, strict=True)},
        preparation={
            "months_low": shares[0],
            "months_high": shares[0],
            "degree": "Master",
            "degree_percent": shares[1],
        },
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(TITLES, st.lists(NUMBERS, min_size=6, max_size=6), st.lists(SHARES, min_size=7, max_size=7)),
        min_size=2,
        max_size=4,
    )
)
def test_no_sentence_has_a_hole_whatever_is_missing(
    roles: list[tuple[str, list[int | None], list[int | None]]],
) -> None:
    comparison = compare_roles(*[make_role_of_numbers(index, *role) for index, role in enumerate(roles)])
    text = write_verdict(comparison)
    assert text.sentences
    sentences = [*list_verdict_texts(text), text.rules]
    for key in FOLLOWED:
        takeaway = find_takeaway(comparison, key)
        if takeaway:
            sentences += ["".join(part.text for part in takeaway.parts), takeaway.note]
    for find in FINDERS:
        sentences.append("".join(part.text for part in find(comparison) or ()))
    for sentence in sentences:
        nameless = hide_names(sentence, comparison)
        assert not HOLE.search(nameless), nameless


def hide_names(sentence: str, comparison: Comparison) -> str:
    """The sentence with an X for each name of a role, which can hold anything. The longest names go first."""
    names: set[str] = set()
    for side in comparison.sides:
        names |= {pluralize(side.title), in_prose(side.title), side.title}
    for name in sorted(names, key=len, reverse=True):
        sentence = re.sub(re.escape(name), "X", sentence, flags=re.IGNORECASE)
    return sentence
