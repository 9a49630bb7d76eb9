"""What pages say around the figures: where a value stands, why it is missing, what was not found."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from careers.areas import Area, in_area
from careers.vocabulary import (
    GROUPS,
    HOW,
    MISSING_TEXTS,
    NOT_PUBLISHED,
    PROSE_READINGS,
    SAMPLE_TEXT,
    SELF_EMPLOYED,
    UNCLEAR,
    UNKNOWN_MONTH,
    reading_text,
)
from comparisons import formats
from comparisons.comparison import Cell, ComparisonLine, Origin, Side
from comparisons.language.titles import capital, in_prose, is_plural, plural, with_article
from comparisons.queries.listings import ListedPublisher
from comparisons.queries.place import AdjustedPay
from comparisons.queries.roles import CitedPage, CurrentRole, EverydayTitle
from comparisons.rows import Row
from comparisons.search.matching import Hit, Match, SearchResult

ONLY_READ = "Only GET and HEAD are answered."
NO_SUCH_ADDRESS = "The API has no such address; /api/openapi.json tells which it has."
DIFFERENT_PUBLISHERS = "different publishers"
EVERYONE = {2: "both", 3: "all three", 4: "all four"}
ORDINALS = ("First role", "Second role", "Third role", "Fourth role")


VERSUS = " vs "


def lines(places: Iterable[int | None]) -> str:
    """Where a list stands on its page.

    >>> lines([9, 3, None]), lines([3]), lines([])
    ('lines 3 to 9 of ', 'line 3 of ', '')
    """
    numbers = [place for place in places if place]
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return f"line {first} of " if first == last else f"lines {first} to {last} of "


def separators(names: int) -> list[str]:
    """What stands after each of so many names.

    >>> separators(3), separators(1), separators(0)
    ([', ', ' and ', '.'], ['.'], [])
    """
    return [", "] * (names - 2) + [" and ", "."][-names:] if names else []


def guide(parts: int) -> str:
    """
    >>> guide(3)
    'The guide in full: 3 parts'
    """
    return f"The guide in full: {formats.counted(parts, 'part')}"


def cut_list(group: str, reason: str) -> str:
    """What a copy that was cut does not hold of a list.

    >>> cut_list("duties", "not in the copy we have, which was cut")
    'Duties: not in the copy we have, which was cut.'
    """
    return f"{GROUPS[group]}: {reason}."


def behind(roles: int, pages: int, publishers: int) -> str:
    """How much data a page about all roles is based on.

    >>> behind(100837, 6, 1)
    '100,837 roles from 6 pages of 1 publisher'
    """
    return f"{behind_one(roles, pages)} of {formats.counted(publishers, 'publisher')}"


def behind_one(roles: int, pages: int) -> str:
    return f"{formats.counted(roles, 'role')} from {formats.counted(pages, 'page')}"


def samples(count: int, pages: int) -> str:
    """How many pages of a publisher are samples.

    >>> samples(3, 3)
    'These pages are sample text written for Rolewise; figures as published.'
    >>> samples(1, 3)
    '1 of these pages is sample text written for Rolewise; figures as published.'
    """
    verb = "is" if count == 1 else "are"
    if count < pages:
        return f"{formats.plain(count)} of these pages {verb} {SAMPLE_TEXT}."
    return f"{'This page' if count == 1 else 'These pages'} {verb} {SAMPLE_TEXT}."


def days(oldest: date, newest: date) -> str:
    """
    >>> days(date(2024, 5, 1), date(2026, 3, 1)), days(date(2024, 5, 1), date(2024, 5, 1))
    ('1 May 2024 to 1 March 2026', '1 May 2024')
    """
    first, last = formats.day(oldest), formats.day(newest)
    return first if first == last else f"{first} to {last}"


def found(answer: SearchResult, most: int) -> str:
    """The outcome of a search, in one or two sentences. `most`: how many roles are shown at most."""
    if not answer.typed:
        return "Type a job title, what people call it, or a question about it."
    if not answer.roles:
        return NOTHING_FOUND
    read_as = f" for “{answer.instead}”" if answer.instead else ""
    if answer.match == "nearest":
        return f"No role is called exactly this. The nearest{read_as}:"
    if answer.instead:
        return f"No title has these words. Found{read_as}:"
    called = sum(hit.is_called for hit in answer.roles)
    if called > 1:
        many = f"At least {called}" if called == most else str(called)
        return f"{many} roles are called this; the likeliest comes first, then what is near."
    return "One role is called this; below it stands what is near." if called else "The likeliest comes first."


NOTHING_FOUND = (
    "Nothing is called anything like this. Another name for the same work may find it, or one of the lists below."
)


def also_called(title: str) -> str:
    """
    >>> also_called("Cop"), also_called("")
    ('also called cop', '')
    """
    return f"also called {in_prose(title)}" if title else ""


def found_jobs(hit: Hit) -> str:
    return formats.counted(hit.jobs, "job") if hit.jobs else ""


MOST_TITLES = 8


def list_titles(titles: Sequence[EverydayTitle]) -> str:
    """What people call an occupation, as the first so many of its everyday titles; "" if none is stored.

    >>> list_titles([EverydayTitle("Cop", ("onet", "soc")), EverydayTitle("Trooper", ("onet",))])
    'cop, trooper.'
    """
    if not titles:
        return ""
    more = len(titles) - MOST_TITLES
    names = ", ".join(in_prose(entry.title) for entry in titles[:MOST_TITLES])
    return f"{names} and {formats.counted(more, 'other title')}." if more > 0 else f"{names}."


def official_title(title: str) -> str:
    """The line that says how the official statistics name an occupation."""
    return f"official title: {title}"


def itself(title: str) -> str:
    """What a page says when somebody compares a role with itself.

    >>> itself("iOS Developer")
    'An iOS developer is the same as itself in every row, so there is nothing to compare.'
    >>> itself("Registered Nurses")
    'Registered nurses are the same as themselves in every row, so there is nothing to compare.'
    """
    same = "are the same as themselves" if is_plural(title) else "is the same as itself"
    return f"{capital(with_article(title))} {same} in every row, so there is nothing to compare."


ONE_ROLE = "Names of one occupation"


def one_role(typed: Sequence[str], title: str) -> str:
    """What a page says when two names that somebody compares mean one role.

    >>> one_role(["data scientist", "data analyst"], "Data Scientists")
    '“data scientist” and “data analyst” are two names of one occupation here: data scientists.'
    """
    names = formats.listed([f"“{text}”" for text in typed])
    count = {2: "two", 3: "three", 4: "four"}.get(len(typed), "several")
    return f"{names} are {count} names of one occupation here: {in_prose(title)}."


def unknown(typed: Sequence[str]) -> str:
    """
    >>> unknown(["lead tecnician"])
    'No role is called “lead tecnician”.'
    >>> unknown([])
    'This address names no role.'
    """
    if not typed:
        return "This address names no role."
    return f"No role is called {' or '.join(f'“{title}”' for title in typed)}."


def origins(lines: Iterable[ComparisonLine]) -> list[list[list[str]]]:
    """Where the values stand: for each line, for each of its cells the texts of its origins."""
    return [[[origin(place, line.row) for place in cell.origins] for cell in line.cells] for line in lines]


_EMPLOYED = re.compile(r"employed people\b.*?, (20\d\d(?: \([^)]*\))?):", re.IGNORECASE)


def of_employed(title: str) -> str:
    """Of whom the figures in a table of a population survey are; "" for any other source.

    >>> of_employed("Employed people by sex, race and ethnicity, 2022: Current Population Survey, Table 11")
    'of employed people, 2022'
    >>> of_employed("Employment Projections, 2024–34, Table 1.2")
    ''
    """
    match = _EMPLOYED.search(title)
    return f"of employed people, {match[1]}" if match else ""


def survey_notes(sides: Sequence[Side], lines: Iterable[ComparisonLine]) -> list[list[str]]:
    """For each line of whom and of when its figures are, in a sentence; none if none of them is of a survey."""
    notes = []
    for line in lines:
        by_text: dict[str, list[str]] = {}
        for side, cell in zip(sides, line.cells, strict=True):
            if cell.origins:
                by_text.setdefault(of_employed(cell.origins[0].source.title), []).append(side.marker)
        if len(by_text) == 1:
            note = "".join(f"{capital(text)}." for text in by_text if text)
        else:
            note = " ".join(f"{formats.listed(markers)} {text}." for text, markers in by_text.items() if text)
        notes.append([note] if note else [])
    return notes


def origin(origin: Origin, row: Row) -> str:
    """Where a value stands: `“$90,615”, line 10, as published, in a table.`, and which pages agree or differ."""
    evidence = origin.evidence
    line, how = evidence.get("line"), evidence.get("how")
    parts = [f"“{evidence['raw']}”"] if evidence.get("raw") else []
    if line:
        parts.append(_place(line, evidence) if evidence.get("column") else f"line {line}")
    if origin.source.sample and how in PROSE_READINGS:
        parts.append(SAMPLE_TEXT)
    elif how:
        mean_of = evidence.get("mean_of")
        parts.append(reading_text(how, mean_of) if mean_of else HOW.get(how, how))
    text = f"{', '.join(parts)}." if parts else ""
    if "agrees" not in evidence and "differs" not in evidence:
        return text
    sentences = [text] if text else []
    agrees = evidence.get("agrees")
    if agrees:
        sentences.append(_agreeing(agrees["pages"], agrees["sources"]))
    sentences += [_differing(other, row) for other in evidence.get("differs") or ()]
    return " ".join(sentences)


def _place(row: int, evidence: Mapping[str, Any]) -> str:
    """
    >>> _place(3, {"column": "Median", "sheet": "Table 5.4", "code": "29-1141"}), _place(3, {"column": "H_MEAN"})
    ('Table 5.4, row 3 (29-1141), column Median', 'row 3, column H_MEAN')
    """
    table = f"{evidence['sheet']}, " if evidence.get("sheet") else ""
    code = f" ({evidence['code']})" if evidence.get("code") else ""
    return f"{table}row {row}{code}, column {evidence['column']}"


def whose_words(source: CitedPage) -> str:
    """Whether a text is the publisher's or ours."""
    return SAMPLE_TEXT if source.sample else HOW["text"]


def _agreeing(others: int, publishers: int) -> str:
    """Counts this page too. A publisher that repeats a figure does not confirm it, so the publishers are counted.

    >>> _agreeing(1, 0), _agreeing(3, 1)
    ('2 pages of this publisher agree.', '4 pages of 2 publishers agree.')
    """
    whose = formats.counted(publishers + 1, "publisher") if publishers else "this publisher"
    return f"{others + 1} pages of {whose} agree."


def _differing(other: Mapping[str, Any], row: Row) -> str:
    """
    >>> average = Row("salary.annual_average", formats.dollars)
    >>> _differing({"publisher": "Jobicy", "value": 89000, "pages": 1}, average)
    'Jobicy says $89,000 on 1 other page.'
    """
    where = f" on {formats.counted(other['pages'], 'other page')}" if other.get("pages") else " on another page"
    return f"{other['publisher']} says {_format_evidence(row, other['value'])}{where}."


def _format_evidence(row: Row, value: Any) -> str:
    """Evidence holds decimals as text, and a single field where a row has several."""
    if row.fields or row.format is str:
        return formats.plain(value) if isinstance(value, int) else str(value)
    return row.format(Decimal(value) if isinstance(value, str) else value) or str(value)


def group_figure(publisher: str) -> str:
    """A note on a value that every stored role of a publisher has."""
    return f"The same for every stored role of {publisher}: likely a figure for the whole occupation group."


def month(day: date | None) -> str:
    """
    >>> month(date(2024, 5, 1)), month(None)
    ('May 2024', 'an unknown month')
    """
    return f"{day:%B %Y}" if day else UNKNOWN_MONTH


def relative_error(percent: Decimal) -> str:
    """Beside a figure in a list."""
    return f"relative error {formats.percent(percent)}"


def list_notes(publisher: ListedPublisher) -> list[str]:
    """What to know of the figures in the list of a publisher, each a sentence."""
    notes = []
    if len(publisher.releases) > 1:
        months = [month(release) for release in publisher.releases]
        notes.append(f"The figures are of {formats.listed(months)}: each stands with its month.")
    elif publisher.is_official:
        notes.append(f"The figures are of {month(publisher.releases[0])}.")
    if publisher.is_official and publisher.given["jobs"]:
        notes.append(f"{capital(SELF_EMPLOYED)}.")
    return notes


def name_publisher(name: str) -> str:
    """As a sentence names a publisher.

    >>> name_publisher("U.S. Bureau of Labor Statistics"), name_publisher("Zippia")
    ('the U.S. Bureau of Labor Statistics', 'Zippia')
    """
    return f"the {name}" if name.startswith("U.S. ") else name


def figure_source(cell: Cell) -> str:
    """The publisher of a value, with the month of its figures where that is known."""
    return f"{cell.publisher}, {cell.release}" if cell.release else cell.publisher


def figure_origin(publisher: str, figures_of: date | None, captured_on: date | None) -> str:
    """Where a figure is from and of when, where it stands alone.

    >>> figure_origin("Bureau", date(2025, 5, 1), None), figure_origin("Zippia", None, date(2026, 3, 1))
    ('Bureau, May 2025', 'Zippia, captured on 1 March 2026')
    >>> figure_origin("Zippia", None, None)
    'Zippia, of an unknown month'
    """
    if figures_of:
        return f"{publisher}, {month(figures_of)}"
    day = f"captured on {formats.day(captured_on)}" if captured_on else f"of {UNKNOWN_MONTH}"
    return f"{publisher}, {day}"


def found_pay(hit: Hit) -> str:
    """The pay of a role that was found, whose figure it is and of when."""
    pay, kind = (hit.median, "median") if hit.median else (hit.annual_average, "average")
    if not pay:
        return "no pay given" + (f", {hit.publisher}" if hit.publisher else "")
    words = f"{kind} pay {formats.dollars(pay)} a year"
    return f"{words}, {figure_origin(hit.publisher, hit.figures_of, hit.captured_on)}"


def mixed_figures(known: Sequence[tuple[str, Cell]]) -> str:
    """What to know of a value made from figures of several publishers or releases; "" if there is one of each.

    `known`: the marker of each role, and its value.
    """
    sources: dict[str, list[str]] = {}
    for marker, cell in known:
        sources.setdefault(figure_source(cell), []).append(marker)
    if len(sources) < 2:
        return ""
    if len({cell.publisher for _, cell in known}) > 1:
        return f"figures of different publishers: {formats.listed(list(sources))}"
    months: dict[str, list[str]] = {}
    for marker, cell in known:
        months.setdefault(cell.release or UNKNOWN_MONTH, []).append(marker)
    releases = [f"{formats.listed(markers)} {month}" for month, markers in months.items()]
    return f"figures of different releases: {', '.join(releases)}"


def no_figures_by_state(role: CurrentRole) -> str:
    """Why the figures of a role are not those of the state that a reader chose; "" where they are."""
    if role.area is None:
        return ""
    if role.soc_code is None:
        return f"Pay and jobs of {role.name} are of the whole country: its publisher has no figures by state."
    if "area_pay" not in role.list_sources:
        return f"Pay and jobs of {role.name} are of the whole country: no figures by state are stored for it."
    if any(entry.area == role.area for entry in role.area_pay):
        return ""
    source = role.list_sources["area_pay"]
    publisher = capital(name_publisher(source.publisher))
    return f"{publisher} publishes no figures of {plural(role.name)} {in_area(role.area)}, {source.release}."


def adjusted_for_prices(pay: AdjustedPay) -> str:
    """How adjusted pay was computed, and what it does not know."""
    level = pay.level
    return (
        f"computed here: pay {pay.source.release} ({pay.source.publisher}) times 100, divided by the price level "
        f"{level.level} of {level.year} ({level.source.publisher}; the United States are 100). A state’s price level "
        "is one figure for everything, rent included"
    )


def no_price_level(area: Area) -> str:
    return f"Pay cannot be adjusted for prices: no price level {in_area(area)} is stored."


def nothing_to_adjust(area: Area) -> str:
    return f"There is no pay by the year {in_area(area)} to adjust for prices."


def missing_figure(place: Mapping[str, Any]) -> str:
    """Why a figure is missing, by its evidence."""
    if place.get("how") == "unread":
        return UNCLEAR
    return MISSING_TEXTS.get(place.get("missing", "not-published"), NOT_PUBLISHED)


def ordinal(number: int) -> str:
    """
    >>> ordinal(2), ordinal(3), ordinal(5)
    ('Second', 'Third', 'Fifth')
    """
    return ("First", "Second", "Third", "Fourth", "Fifth")[number - 1]


def unknown_place(typed: str) -> str:
    """
    >>> unknown_place("ZZ")
    'No state or territory is called “ZZ”; the figures are of the whole country.'
    """
    return f"{no_state(typed)[:-1]}; the figures are of the whole country."


def no_state(typed: str) -> str:
    return f"No state or territory is called “{typed}”."


def mixed_difference(line: ComparisonLine) -> str:
    """What stands beside the difference of a row with figures of several publishers or releases."""
    parts = [DIFFERENT_PUBLISHERS] if len(line.publishers) > 1 else []
    months = [month or UNKNOWN_MONTH for month in line.releases]
    if len(months) > 1 and (not parts or "" not in line.releases):
        parts.append(formats.listed(months))
    return "; ".join(parts)


def cell_source(cell: Cell, line: ComparisonLine) -> str:
    """What stands below a value of a row with figures of several publishers or releases."""
    return figure_source(cell) if len(line.publishers) > 1 else cell.release or UNKNOWN_MONTH


def without_self_employed(known: Sequence[tuple[Side, Cell]]) -> str:
    """That counts of official occupations leave some people out; "" if none of these roles is one."""
    official = [side.marker for side, cell in known if side.official and not cell.missing]
    if not official:
        return ""
    whose = "" if len(official) == len(known) else f" for {formats.listed(official)}"
    return f"{SELF_EMPLOYED}{whose}"


def no_help_in_choosing(labels: Sequence[str], facts: int, publishers: Sequence[str]) -> str:
    """That some of the facts that roles share are the same for every role of a publisher; "" if none is.

    `facts`: how many are shared in all.

    >>> no_help_in_choosing(["Growth rate"], 3, ["Zippia"])
    'Growth rate: the same for every stored role of Zippia, likely a figure of the whole group and no help in choosing.'
    """
    if not labels:
        return ""
    which = "All of these" if len(labels) == facts else ", ".join([labels[0], *map(_within, labels[1:])])
    figures = "a figure" if len(labels) == 1 else "figures"
    whose = formats.listed(list(publishers))
    same = f"{which}: the same for every stored role of {whose}"
    return f"{same}, likely {figures} of the whole group and no help in choosing."


def counting_notes(sides: Sequence[Side], cells: Sequence[Cell]) -> list[str]:
    """Notes on a row of counts, each a sentence."""
    published = [(side, cell) for side, cell in zip(sides, cells, strict=True) if not cell.missing]
    note = without_self_employed(published)
    return [f"{capital(note)}."] if note else []


def against_months(cell: Cell, first: Cell) -> str:
    """The two months after a difference from the first role, where they are not the same; else ""."""
    if cell.publisher != first.publisher or cell.release == first.release:
        return ""
    return f" ({cell.release or UNKNOWN_MONTH} against {first.release or UNKNOWN_MONTH})"


def against(difference: str, row: Row, first: Side) -> str:
    """The difference below the value of a further role: `−$53,962 vs ●`, `85% overlap with ●`, or `same as ●`."""
    if not difference:
        return f"same as\N{NO-BREAK SPACE}{first.marker}"
    return f"{difference} {'with' if row.overlaps else 'vs'}\N{NO-BREAK SPACE}{first.marker}"


def absent(lines: Iterable[ComparisonLine], sides: Sequence[Side]) -> list[str]:
    """Lines without any value, grouped by their reasons: `Growth rate, job satisfaction: not published for both.`"""
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        reasons = tuple([after_label(cell.missing) for cell in line.cells])
        by_reasons.setdefault(reasons, []).append(line.row.label)
    sentences = []
    for reasons, labels in by_reasons.items():
        names = ", ".join([labels[0], *map(_within, labels[1:])])
        sentences.append(f"{names}: {_describe_reasons(reasons, sides)}.")
    return sentences


def absent_section(sides: Sequence[Side]) -> str:
    """Why a section is empty of which no source has anything."""
    return _describe_reasons([side.absent.missing for side in sides], sides)


def after_label(reason: str) -> str:
    """A reason after the name of what is missing.

    >>> after_label("missing: the copy we have was cut here"), after_label("not published")
    ('the copy we have was cut here', 'not published')
    """
    return reason.removeprefix("missing: ")


def _describe_reasons(reasons: Sequence[str], sides: Sequence[Side]) -> str:
    if len(sides) == 1:
        return reasons[0]
    if len(set(reasons)) == 1:
        return f"{reasons[0]} for {EVERYONE[len(sides)]}"
    by_reason: dict[str, list[str]] = {}
    for side, reason in zip(sides, reasons, strict=True):
        by_reason.setdefault(reason, []).append(f"{side.marker} {side.title}")
    return "; ".join(f"{reason} for {formats.listed(roles)}" for reason, roles in by_reason.items())


def _within(label: str) -> str:
    """A row's label within a sentence.

    >>> _within("Growth rate"), _within("LGBT")
    ('growth rate', 'LGBT')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def no_publisher(slug: str) -> str:
    return f"No publisher is called “{slug}”."


def no_group(name: str, publisher: str) -> str:
    return f"{publisher} has no occupation group called “{name}”."


def no_skill(slug: str) -> str:
    return f"No role lists a skill called “{slug}”."


def names(count: int) -> str:
    """
    >>> names(1), names(5)
    ('names 1 role', 'names 5 roles')
    """
    return f"names {formats.counted(count, 'role')}"


def several_slugs(most: int) -> str:
    return f"the slugs of 2 to {most} different roles with -vs- between them"


def too_many(count: int, most: int) -> str:
    """
    >>> too_many(5, 4)
    '5 roles are too many for one page: 4 can be read side by side.'
    """
    return f"{count} roles are too many for one page: {most} can be read side by side."


def asks(matches: Sequence[Match]) -> str:
    """The first words of the form that asks which roles to compare."""
    if not matches:
        return "Type two titles, or what people call them."
    if len(matches) == 1 and matches[0].role:
        return f"Choose a second role to compare with {in_prose(matches[0].role.title)}."
    if all(match.role for match in matches):
        return ""
    return "Which roles do you mean?"
