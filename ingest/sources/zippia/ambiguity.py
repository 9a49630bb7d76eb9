"""What the whole page settles, once it has been read: whose summary, which split, which claim."""

from careers.vocabulary import EXPERIENCE_BANDS
from ingest.documents.document import Line
from ingest.parsing.cells import is_missing, key_of
from ingest.parsing.facts import AmbiguousValue, Evidence, PageWarning, RoleFacts, SkillFact, group_values
from ingest.parsing.readers import CellReader
from ingest.sources.zippia import run_together_cells
from ingest.sources.zippia.partial_page import Reading
from ingest.sources.zippia.sentences import first_named, may_join

_YEARS_OF_MONTHS: dict[tuple[object, object], int | None] = {
    **{band: years for years, band in EXPERIENCE_BANDS.items()},
    (120, None): None,
}


def settle(page: Reading, loose: list[Line], cut: Line | None) -> None:
    """Settle what a line alone could not. `loose`: prose after the overview rows."""
    _settle_summaries(page, loose, cut)
    _settle_pending(page)
    for at in (0, 1):
        _settle_claim(page, at)


def _settle_summaries(page: Reading, loose: list[Line], cut: Line | None) -> None:
    """The first two prose lines after the overview rows are A's and B's summary.

    Where only one stands, the other is missing or cut: whose it is, it must say itself.
    """
    lines = [line for line, above in zip(loose, [None, *loose], strict=False) if not above or line.text != above.text]
    lines = lines if len(lines) > 1 else loose  # two roles may share their words
    missing = [at for at, role in enumerate(page.roles) if "summary" not in role.evidence]
    if len(missing) < 2:
        _settle_last_summary(page, lines, missing)
        return
    for at, line in enumerate(lines[:2]):
        if len(lines) >= 2:
            _put_summary(page, at, line)
    for line in lines[2:]:
        page.leave(line)
    if len(lines) != 1:
        return
    named = first_named(page, lines[0].text)
    if named is None and cut and cut.kind == "text" and not may_join(page, cut.text):
        named = 0  # a second line begins after it and is cut: it is the first
    if named is not None:
        _put_summary(page, named, lines[0])
        return
    message = "One summary stands here, and it names neither role: it may be either's."
    page.warn("ambiguous", lines[0], message, "summary", 0)
    page.warn("ambiguous", lines[0], message, "summary", 1)
    for at, role in enumerate(page.roles):
        text = lines[0].text
        candidates = (text, None) if at == 0 else (None, text)
        page.ambiguous.append(AmbiguousValue("summary", role.title, text, lines[0].number, candidates))
        role.values["summary"] = None
        role.evidence["summary"] = Evidence(lines[0].number, text, "unread", candidates)


def _settle_last_summary(page: Reading, lines: list[Line], missing: list[int]) -> None:
    """Where a heading has given one role its summary, a single other one is the other's."""
    if len(lines) == len(missing) == 1 and first_named(page, lines[0].text) in (None, missing[0]):
        _put_summary(page, missing[0], lines[0])
        return
    for line in lines:
        page.leave(line)


def _put_summary(page: Reading, at: int, line: Line) -> None:
    page.put(at, "summary", line.text, Evidence(line.number, line.text, "text"))


def _settle_pending(page: Reading) -> None:
    for pending in page.pending:
        pairs = pending.pairs
        told = [pair for pair in pairs if _told_elsewhere(page, pending.label, pair)]
        if len(told) == 1:
            for at in (0, 1):
                page.put_cell(at, pending.label, pending.line, told[0][at], "cross-reference")
            continue
        key = pending.label.keys[0]
        for at in (0, 1):
            candidates = tuple(None if is_missing(pair[at]) else pair[at] for pair in pairs)
            if key not in page.roles[at].evidence:
                message = f"“{pending.raw}” can be read in {len(pairs) or 'no certain'} ways."
                code = "ambiguous" if pairs else "unreadable-value"
                page.warn(code, pending.line, message, key, at)
            page.put_unread(at, pending.label, pending.line, pending.raw, candidates)


def _told_elsewhere(page: Reading, label: CellReader, pair: run_together_cells.Pair) -> bool:
    """Whether the page, or a stored figure, names one of these two cells and denies neither."""
    key = label.keys[0]
    agrees = False
    for role, text in zip(page.roles, pair, strict=True):
        value = None if is_missing(text) else label.read(text)[0]
        if key in role.evidence and role.evidence[key].how != "unread":
            if role.values[key] != value:
                return False
            agrees = True
        if key == "entry.years_of_experience" and "entry.months_low" in role.values:
            band = (role.values["entry.months_low"], role.values["entry.months_high"])
            if _YEARS_OF_MONTHS.get(band, -1) != value:
                return False
            agrees = True
        stored = page.knowledge.figures.get((key_of(role.title), key))
        agrees = agrees or bool(stored and value in stored)
    return agrees


def facts(page: Reading, at: int) -> RoleFacts:
    role = page.roles[at]
    return RoleFacts(
        title=role.title,
        titled_by=role.titled_by,
        **group_values(role.values, role.evidence),
        skills=_skills(page, at),
        duties=tuple(role.duties),
        duties_truncated=role.truncated,
    )


def _settle_claim(page: Reading, at: int) -> None:
    """The table's figure goes before the sentence's, wherever it stands."""
    role, key = page.roles[at], "salary.annual_average"
    if role.claim is None:
        return
    claimed, evidence = role.claim
    before = role.evidence.get(key)
    if before is None or before.how == "unread":
        page.put(at, key, claimed, evidence)
    elif role.values[key] != claimed:
        message = f"The sentence says ${claimed:,}, the table “{before.raw}” (line {before.line})."
        page.warnings.append(PageWarning("claim-contradicts-table", evidence.line, message, key, role.title))


def _skills(page: Reading, at: int) -> tuple[SkillFact, ...]:
    """The bullets, then what only the sentence names."""
    role = page.roles[at]
    if role.named is None:
        return tuple(role.listed)
    evidence, readings = role.named
    listed = set(role.listed_keys)
    readings = _told_by_bullets(readings, listed)
    if len(readings) != 1:
        candidates = tuple("; ".join(names) for names in readings)
        message = f"“{evidence.raw}” can be read in {len(readings) or 'no certain'} ways."
        warning = PageWarning("ambiguous", evidence.line, message, "skills", role.title)
        page.warnings.append(warning)
        page.ambiguous.append(AmbiguousValue("skills", role.title, evidence.raw, evidence.line, candidates))
        return tuple(role.listed)
    skills = list(role.listed)
    for name in readings[0]:
        if key_of(name) not in listed:
            listed.add(key_of(name))
            skills.append(SkillFact(name, "listed", len(skills) + 1, None, None, evidence))
    return tuple(skills)


def _told_by_bullets(readings: list[tuple[str, ...]], listed: set[str]) -> list[tuple[str, ...]]:
    """The one reading of which a part, that not all readings have, is a bullet of the page."""
    if len(readings) < 2:
        return readings
    shared = set.intersection(*map(set, readings))
    told = [names for names in readings if any(key_of(n) in listed for n in {*names} - shared)]
    return told if len(told) == 1 else readings
