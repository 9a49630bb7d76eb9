"""The work: what people do all day, in the words of the sources."""

from collections.abc import Sequence
from typing import NamedTuple

from careers.vocabulary import GROUPS, SAMPLE_TEXT
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.messages import absent_values
from comparisons.language.messages.found_roles import choose_titles
from comparisons.queries.current_role import CitedPage, CurrentRole, GuideSection
from comparisons.titles import capitalize
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.rungs import WordRows, build_word_rows, describe_absent

# How many duties are shown at once; one or two more are not folded. An occupation can have more than a hundred.
_MOST_DUTIES, _MOST_FOLDED = 5, 60
_MOST_TITLES = 6
_ON_THE_WORK = ("work_life.stress_level", "work_life.balance_rating")


class Task(NamedTuple):
    """`code`: of the source, where the role has tasks of several codes."""

    text: str
    code: str


class WorkColumn(NamedTuple):
    """One role. `remarks`: whose words these are, and what a copy or a page does not hold, each a sentence. `left_out`:
    how many duties are neither shown nor folded. `guide`: the line that opens the sections of a guide."""

    letter: str
    title: str
    summary: str
    duties: Sequence[Task]
    folded: Sequence[Task]
    left_out: int
    guide: str
    guide_sections: Sequence[GuideSection]
    also_called: str
    remarks: Sequence[str]


class WorkSection(NamedTuple):
    """`columns`: one for each role that is described. `rows`: how the work is, without what is the same
    for all. `remarks`: what to know of all columns, each a sentence."""

    columns: Sequence[WorkColumn]
    rows: WordRows | None
    remarks: Sequence[str]
    sources: Sequence[str]


def build_work_section(comparison: Comparison) -> WorkSection | None:
    """None where no source describes the work of any role."""
    described = [side for side in comparison.sides if _is_described(side)]
    lines = [line for line in comparison.sections["work"].informative if line.row.key in _ON_THE_WORK]
    if not described and not lines:
        return None
    sources = cite_pages(_list_pages_on_work(comparison.sides))
    columns, remarks = _share_remarks([_build_column(side) for side in described])
    if described:
        remarks += describe_absent(comparison.sides, described, "The work")
    return WorkSection(columns, build_word_rows("How the work is", comparison.sides, lines), remarks, sources)


def _list_pages_on_work(sides: Sequence[Side]) -> list[CitedPage | None]:
    """The pages with the summaries, duties and guides of the roles."""
    pages: list[CitedPage | None] = []
    for side in sides:
        pages += [origin.source for origin in side.summary.origins]
        pages += [side.list_sources.get(group) for group in ("duties", "sections")]
    return pages


def _share_remarks(columns: list[WorkColumn]) -> tuple[list[WorkColumn], list[str]]:
    """Remarks that all columns have stand once below them."""
    if len(columns) < 2:
        return columns, []
    shared = [remark for remark in columns[0].remarks if all(remark in column.remarks for column in columns)]
    columns_apart = []
    for column in columns:
        columns_apart.append(column._replace(remarks=[remark for remark in column.remarks if remark not in shared]))
    return columns_apart, shared


def _is_described(side: Side) -> bool:
    has_words = side.role.duties or side.role.sections or side.role.titles
    return bool(has_words) or not side.summary.missing or not side.cut_lists.keys().isdisjoint(("duties", "sections"))


def _build_column(side: Side) -> WorkColumn:
    duties = _list_tasks(side.role)
    parts = len(side.role.sections)
    most = _MOST_DUTIES if len(duties) > _MOST_DUTIES + 2 else len(duties)
    return WorkColumn(
        letter=side.letter,
        title=side.title,
        summary="" if side.summary.missing else side.summary.text,
        duties=duties[:most],
        folded=duties[most : most + _MOST_FOLDED],
        left_out=max(0, len(duties) - most - _MOST_FOLDED),
        guide=f"The guide in full: {formats.counted(parts, 'part')}" if parts else "",
        guide_sections=side.role.sections,
        also_called=", ".join(choose_titles(side.role.titles, side.title, _MOST_TITLES)),
        remarks=_list_remarks(side, has_codes=any(task.code for task in duties)),
    )


def _list_tasks(role: CurrentRole) -> list[Task]:
    """The duties of a role, without codes if all have the same one."""
    codes = [(duty.evidence.get("text") or {}).get("code", "") for duty in role.duties]
    has_codes = len(set(codes)) > 1
    return [Task(duty.text, code if has_codes else "") for duty, code in zip(role.duties, codes, strict=True)]


def _is_sample(side: Side) -> bool:
    """Whether any of its texts comes from a sample."""
    pages = [side.list_sources.get(group) for group in ("duties", "sections")]
    pages += [] if side.summary.missing else [side.summary.origins[0].source]
    return any(page.sample for page in pages if page)


def _list_remarks(side: Side, *, has_codes: bool) -> list[str]:
    remarks = []
    if _is_sample(side):
        remarks.append(f"{capitalize(SAMPLE_TEXT)}.")
    if has_codes:
        remarks.append("Codes are those of the source’s own occupations.")
    for group in ("duties", "sections"):
        if group in side.cut_lists:
            remarks.append(absent_values.explain_cut_list(group, side.cut_lists[group]))
    if any(duty.truncated for duty in side.role.duties):
        remarks.append(f"{GROUPS['duties']}: the page shows only some of them.")
    return remarks
