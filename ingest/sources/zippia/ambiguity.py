"""Settles what only the whole page can tell: whose summary a text is, which split is right, which pay figure counts."""

from collections.abc import Sequence
from itertools import chain, pairwise

from careers.spelling import fold_spelling
from careers.vocabulary import EXPERIENCE_BANDS
from ingest.documents.lines import Line
from ingest.parsing.cells import is_missing
from ingest.parsing.evidence import Evidence
from ingest.parsing.paragraphs import SENTENCE_ENDS, join_paragraphs, may_be_summary
from ingest.parsing.parsed_page import AmbiguousValue, PageWarning
from ingest.parsing.partial_page import MOST_CANDIDATES
from ingest.parsing.role_facts import RoleFacts, SkillFact, mark_cut_list
from ingest.sources.zippia.pair_page import PairPage, PairRole, PendingRow
from ingest.sources.zippia.run_together_cells import SHAPES, Pair
from ingest.sources.zippia.sentences import find_first_named, may_introduce_table

# Months of a band, low and high -> the years of experience in whose cell a page gives the band.
_YEARS_OF_MONTHS: dict[tuple[object, object], int | None] = {
    **{band: years for years, band in EXPERIENCE_BANDS.items()},
    (120, None): None,
}


def settle_page(page: PairPage, loose_prose: list[Line], prose_of: Sequence[list[Line]], cut: Line | None) -> None:
    """Settle what a line alone could not.

    `loose_prose`: the prose after the overview rows; `prose_of`: that below the question on each role; `cut`: the last
    line.
    """
    paragraphs_of = [join_paragraphs(lines) for lines in prose_of]
    loose_paragraphs = join_paragraphs(loose_prose)
    for index, lines in enumerate(paragraphs_of):
        # The end of this summary and the question on the other role can be lost between the question and this text.
        is_alone = not paragraphs_of[1 - index]
        is_certain = len({line.text for line in lines}) == 1 and _may_be_summary(page, lines[0])
        if is_certain and not (is_alone and find_first_named(page, lines[0].text) == 1 - index):
            _put_summary(page, index, lines[0])
        else:
            _choose_summary(page, index, lines)
    _settle_loose_prose(page, _drop_repeats(loose_paragraphs), cut)
    summaries = {role.evidence["summary"].raw for role in page.roles if "summary" in role.evidence}
    for line in (*paragraphs_of[0], *paragraphs_of[1], *loose_paragraphs):
        if line.text not in summaries:
            page.report_unread(line)
    for row in page.pending:
        _settle_row(page, row)
    for index in (0, 1):
        _settle_claim(page, index)
    page.settle_repeats()


def _settle_loose_prose(page: PairPage, lines: list[Line], cut: Line | None) -> None:
    """The first paragraph after the overview rows is the summary of A, the second that of B.

    If there are more, or one cannot be a summary, only the text tells whose they are.
    """
    missing = [index for index, role in enumerate(page.roles) if "summary" not in role.evidence]
    are_certain = all(_may_be_summary(page, line) for line in lines)
    if len(missing) < 2:
        if are_certain:
            _settle_last_summary(page, lines, missing)
    elif len(lines) == 1:
        _settle_single_summary(page, lines[0], cut)
    elif len(lines) == 2 and lines[0].text[-1] in SENTENCE_ENDS and are_certain:
        _put_summary(page, 0, lines[0])
        _put_summary(page, 1, lines[1])
    else:
        _choose_both_summaries(page, lines)


def _choose_both_summaries(page: PairPage, lines: list[Line]) -> None:
    """Of several paragraphs, each can be the summary of a role unless it names the other one first."""
    of_a = [line for line in lines if find_first_named(page, line.text) != 1]
    of_b = [line for line in lines if find_first_named(page, line.text) != 0]
    if of_a == of_b:
        of_b.reverse()  # the likeliest comes first: B is described below A
    _choose_summary(page, 0, of_a)
    _choose_summary(page, 1, of_b)


def _may_be_summary(page: PairPage, line: Line) -> bool:
    return line.whole and may_be_summary(line.text, names_role=find_first_named(page, line.text) is not None)


def _choose_summary(page: PairPage, index: int, lines: Sequence[Line]) -> None:
    """Of several lines, the only one that names the role and ends as a paragraph does is its summary."""
    named = [line for line in lines if find_first_named(page, line.text) == index and _may_be_summary(page, line)]
    whole = [line for line in named if line.text[-1] in SENTENCE_ENDS]
    if len({line.text for line in whole}) == 1 and all(line.whole for line in lines):
        _put_summary(page, index, whole[0])
    elif lines:
        message = f"Which text is the summary of {page.roles[index].title} is not certain. Choose or enter it."
        candidates = (*(line.text for line in lines[:MOST_CANDIDATES]), None)
        _ask_for_summary(page, index, lines[0], candidates, message)


def _drop_repeats(prose: list[Line]) -> list[Line]:
    """The lines that differ from the one above; all lines if none differs, because two roles can have one text."""
    lines = prose[:1] + [line for above, line in pairwise(prose) if line.text != above.text]
    return lines if len(lines) > 1 else prose


def _settle_last_summary(page: PairPage, lines: list[Line], missing: list[int]) -> None:
    """If one role has its summary from a heading, a single line of prose is the summary of the other role."""
    if len(lines) == len(missing) == 1 and find_first_named(page, lines[0].text) in (None, missing[0]):
        _put_summary(page, missing[0], lines[0])


def _settle_single_summary(page: PairPage, line: Line, cut: Line | None) -> None:
    """If one summary is missing or cut, only the text of the other one tells whose it is."""
    is_certain = _may_be_summary(page, line)
    index = find_first_named(page, line.text) if is_certain else None
    if index is None and is_certain and cut and cut.kind == "text" and not may_introduce_table(page, cut.text):
        index = 0  # the second summary begins below and is cut
    if index is not None:
        _put_summary(page, index, line)
        return
    message = "There is only one paragraph, and it can be the summary of either role or of none."
    _ask_for_summary(page, 0, line, (line.text, None), message)
    _ask_for_summary(page, 1, line, (None, line.text), message)


def _ask_for_summary(page: PairPage, index: int, line: Line, candidates: tuple[str | None, ...], message: str) -> None:
    role = page.roles[index]
    page.warn("ambiguous", line, message, "summary", index)
    page.ambiguous.append(AmbiguousValue("summary", role.title, line.text, line.number, candidates))
    role.put(("summary",), (None,), Evidence(line.number, line.text, "unread", candidates))


def _put_summary(page: PairPage, index: int, line: Line) -> None:
    page.put(index, ("summary",), (line.text,), line.text, Evidence(line.number, line.text, "text"))


def _settle_row(page: PairPage, row: PendingRow) -> None:
    """Take the one split that another figure confirms, or keep the cells raw with their candidates."""
    confirmed = [pair for pair in row.pairs if _is_confirmed(page, row, pair)]
    if len(confirmed) == 1:
        for index, text in enumerate(confirmed[0]):
            page.put_cell(index, row.reader, row.line, text, "cross-reference")
    else:
        _leave_row_open(page, row)


def _leave_row_open(page: PairPage, row: PendingRow) -> None:
    key = row.reader.keys[0]
    code = "ambiguous" if row.pairs else "unreadable-value"
    message = _explain_open_row(row)
    for index, role in enumerate(page.roles):
        if key not in role.evidence or not row.pairs:
            page.warn(code, row.line, message, key, index)
        candidates = tuple(None if is_missing(pair[index]) else pair[index] for pair in row.pairs)
        page.put_unread(index, row.reader.keys, row.line, row.cells, candidates)


_MOST_READINGS = 3  # in a message


def _explain_open_row(row: PendingRow) -> str:
    if not row.pairs:
        expected = f"such as “{SHAPES[row.reader.keys[0]].example}”" if row.reader.keys[0] in SHAPES else "of this row"
        return f"“{row.cells}” does not split into two values {expected}. Enter both values."
    readings = [f"“{first}” and “{second}”" for first, second in row.pairs[:_MOST_READINGS]]
    if len(row.pairs) > _MOST_READINGS:
        readings.append("another pair")
    if len(readings) == 1:
        return f"“{row.cells}” is not certain to be {readings[0]}. Confirm or correct it."
    return f"“{row.cells}” can be {', '.join(readings[:-1])}, or {readings[-1]}. Choose one."


def _is_confirmed(page: PairPage, row: PendingRow, pair: Pair) -> bool:
    """Whether the page or a stored figure confirms one of these two cells and contradicts neither."""
    key = row.reader.keys[0]
    verdicts: list[bool] = []
    for role, text in zip(page.roles, pair, strict=True):
        value = None if is_missing(text) else row.reader.read(text)[0]
        if key in role.evidence and role.evidence[key].how != "unread":
            verdicts.append(role.values[key] == value)
        if key == "entry.years_of_experience":
            verdicts += _judge_years(role, value)
        if value in page.knowledge.figures.get((role.key, key), ()):
            verdicts.append(True)
    return bool(verdicts) and all(verdicts)


def _judge_years(role: PairRole, years: object) -> list[bool]:
    """Whether the time to enter, if the page gives it, confirms a number of years of experience."""
    if "entry.months_low" in role.values:
        band = (role.values["entry.months_low"], role.values["entry.months_high"])
        return [_YEARS_OF_MONTHS.get(band, -1) == years]
    # Where no band ends is no answer. What another page says about one role must not settle 4|12 as 41|2.
    return [] if years is None or years in EXPERIENCE_BANDS else [False]


def make_role_facts(page: PairPage, index: int) -> RoleFacts:
    role = page.roles[index]
    skills, duties = _list_skills(page, index), tuple(role.duties)
    return RoleFacts(
        title=role.title,
        titled_by=role.titled_by,
        values=role.values,
        evidence=role.evidence,
        skills=mark_cut_list(skills) if role.cut_list == "skills" else skills,
        duties=mark_cut_list(duties) if role.cut_list == "duties" else duties,
        duties_truncated=role.truncated,
    )


def _settle_claim(page: PairPage, index: int) -> None:
    """The pay in a sentence repeats that of the tables. A difference is reported."""
    role, key = page.roles[index], "salary.annual_average"
    if role.claim is None:
        return
    claimed, evidence = role.claim
    before = role.evidence.get(key)
    if before and before.how != "unread" and role.values[key] != claimed:
        message = f"The sentence says ${claimed:,}, the table “{before.raw}” (line {before.line})."
        page.warnings.append(PageWarning("claim-contradicts-table", evidence.line, message, key, role.title))
        if role.values[key] is None:
            return  # the table says that the pay is not published
    page.put(index, (key,), (claimed,), f"${claimed:,}", evidence)


def _list_skills(page: PairPage, index: int) -> tuple[SkillFact, ...]:
    """The skills in the bullets, then those that only the sentence names."""
    role = page.roles[index]
    if role.top_skills is None:
        return tuple(role.listed)
    evidence, readings = role.top_skills
    keys = set(role.listed_keys)
    readings = _choose_confirmed_readings(readings, keys)
    if len(readings) != 1:
        candidates = tuple("; ".join(names) for names in readings)
        lists = f"in {len(readings)} ways" if readings else "in no certain way"
        message = f"The list “{evidence.raw}” can be read {lists}. Choose or enter the skills, with semicolons between."
        page.warnings.append(PageWarning("ambiguous", evidence.line, message, "skills", role.title))
        page.ambiguous.append(AmbiguousValue("skills", role.title, evidence.raw, evidence.line, candidates))
        return tuple(role.listed)
    skills = list(role.listed)
    for name in readings[0]:
        if fold_spelling(name) not in keys:
            keys.add(fold_spelling(name))
            skills.append(SkillFact(name, "listed", len(skills) + 1, None, None, evidence))
    return tuple(skills)


def _choose_confirmed_readings(readings: Sequence[tuple[str, ...]], bullets: set[str]) -> Sequence[tuple[str, ...]]:
    """The one reading with a name that is a bullet and is not in every reading; all readings if there is none.

    A name of several parts, one of which is a bullet, is none: the list has more names than any reading.
    """
    if len(readings) < 2:
        return readings
    parts: list[str] = []
    for name in chain.from_iterable(readings):
        if ", " in name:
            parts += map(fold_spelling, name.split(", "))
    if not bullets.isdisjoint(parts):
        return []
    shared = set.intersection(*map(set, readings))
    confirmed = [names for names in readings if any(fold_spelling(name) in bullets for name in {*names} - shared)]
    return confirmed if len(confirmed) == 1 else readings
