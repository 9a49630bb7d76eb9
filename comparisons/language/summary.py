"""The computed summary: a sentence exists only when all of its values do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from careers.vocabulary import UNCLEAR
from comparisons import formats, rows
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.language import messages
from comparisons.language.titles import capital, in_prose, plural
from comparisons.queries.roles import SkillEntry

# Two roles' pay is a toss-up when the averages are closer than this, in percent of the lower,
# and the ranges overlap by this much of the narrower. The words printed beside it are made from these.
TOSS_UP_GAP = 5
TOSS_UP_OVERLAP = 80
TOSS_UP = (
    f"We say toss-up when averages are less than {TOSS_UP_GAP}% apart and ranges overlap by {TOSS_UP_OVERLAP}% or more"
)

# Counts closer than this, in percent of the lower, are "about as many".
ABOUT = 5
# From this ratio on, "2.1 times as many" reads better than "110% more".
MANY_TIMES = 1.5
# How many skills a sentence names.
MOST_NAMED = 3
# With fewer sentences than this, what else is known is told too.
FEWEST_SENTENCES = 3
PART_OF_THE_WORK = "each list covers only a part of the work"

# What pay is compared by, the better first.
_PAY = ("salary.annual_average", "salary.annual_median", "salary.hourly_average", "salary.hourly_median")
# An average -> the median of the same time.
_MEDIANS = {"salary.annual_average": "salary.annual_median", "salary.hourly_average": "salary.hourly_median"}

# What readers ask first -> the rows that answer it.
_ASKED_FIRST = {
    "pay": (*_PAY, "salary.range", "salary.annual_entry", "salary.annual_mid", "salary.annual_senior"),
    "the number of jobs": ("outlook.job_count",),
    "the time to enter": ("entry.time",),
}


class Part(NamedTuple):
    """Words of a sentence; `letter` names the side that they belong to, and `marker` is its mark."""

    text: str
    letter: str = ""
    marker: str = ""


class Sentence(NamedTuple):
    parts: tuple[Part, ...]
    anchor: str
    anchor_label: str

    @property
    def text(self) -> str:
        return "".join(f"{part.marker} {part.text}" if part.marker else part.text for part in self.parts)


class KnownValue(NamedTuple):
    """A value that a sentence can use, of the role it belongs to."""

    value: Any
    side: Side
    cell: Cell


class KnownValues(NamedTuple):
    """The values of a line, two at least and of two roles both; `without` are the roles that have none."""

    line: ComparisonLine
    known: tuple[KnownValue, ...]
    without: tuple[Side, ...]

    @property
    def two(self) -> bool:
        return len(self.known) == 2


def of(side: Side, text: str) -> Part:
    return Part(text, side.letter, side.marker)


def people(side: Side) -> Part:
    return of(side, plural(side.title))


def summarize(comparison: Comparison) -> tuple[Sentence, ...]:
    """Three to five sentences on two roles or more, in the order of the page; fewer where less is known.

    What is said only for want of better goes in where there would be fewer than three.
    """
    if len(comparison.sides) < 2:
        return ()
    told = {
        make: sentence
        for make in (write_pay, write_jobs, write_growth, write_entry, write_skills)
        if (sentence := make(comparison))
    }
    for make in (write_medians, write_top_pay, write_degrees, write_same_growth):
        if len(told) < FEWEST_SENTENCES and (sentence := make(comparison)):
            told[make] = sentence
    alone = write_known_of_one(comparison) if len(told) < FEWEST_SENTENCES else None
    said = tuple(told[make] for make in _ORDER if make in told) or (_nothing_in_common(comparison),)
    if alone and alone.anchor.startswith("salary"):  # that nobody knows the pay of the other goes before all
        return (alone, *said)
    return (*said, alone) if alone else said


def _nothing_in_common(comparison: Comparison) -> Sentence:
    everyone = messages.EVERYONE[len(comparison.sides)]
    return Sentence(
        (Part(f"No figure of the same kind is known for {everyone}; read what each does"),), "work", "The work"
    )


def write_known_of_one(comparison: Comparison) -> Sentence | None:
    """What cannot be compared, because one role alone has it: of several such roles the one that has most of it."""
    owned: dict[int, list[tuple[str, ComparisonLine]]] = {}
    for name, keys in _ASKED_FIRST.items():
        lines = [line for key in keys if (line := comparison.line(key))]
        owners = [
            side.index
            for side in comparison.sides
            if any(line.cells[side.index].missing in ("", UNCLEAR) for line in lines)
        ]
        if len(owners) == 1 and (found := [line for line in lines if not line.cells[owners[0]].missing]):
            owned.setdefault(owners[0], []).append((name, found[0]))
    if not owned:
        return None
    owner, own = max(owned.items(), key=lambda each: len(each[1]))
    names, row = capital(formats.listed([name for name, _ in own])), own[0][1].row
    words = (Part(f"{names} {'is' if len(own) == 1 else 'are'} known for "), people(comparison.sides[owner]))
    return Sentence((*words, Part(" only")), row.anchor, row.label)


def is_toss_up(gap_percent: float, overlap: float | None) -> bool:
    """
    >>> is_toss_up(2.6, 100), is_toss_up(2.6, 79.9), is_toss_up(5, 100), is_toss_up(2.6, None)
    (True, False, False, False)
    """
    return gap_percent < TOSS_UP_GAP and overlap is not None and overlap >= TOSS_UP_OVERLAP


def write_pay(comparison: Comparison) -> Sentence | None:
    """By the averages of a year, or by what more of the roles have: medians, or pay by the hour where that is all there
    is. Never one kind against another."""
    found = _paid_by(comparison)
    if found is None:
        return None
    return _average(comparison, found) if found.line.row.key in _MEDIANS else _median(comparison, found)


def _paid_by(comparison: Comparison) -> KnownValues | None:
    """The kind of pay that most of the roles have."""
    found = [each for key in _PAY if (each := _find(comparison, key))]
    return max(found, key=lambda each: len(each.known)) if found else None


def _unit(found: KnownValues) -> str:
    return " an hour" if found.line.row.key.startswith("salary.hourly") else " a year"


def _average(comparison: Comparison, found: KnownValues) -> Sentence | None:
    lowest, highest = _ends(found.known)
    low, high = lowest[0].value, highest[0].value
    if low == high:
        return _sentence(
            comparison, found, *_named_all(comparison, found), f" average {formats.dollars(low)}{_unit(found)}"
        )
    overlap = _overlap(comparison, found)
    share = float(100 * (high - low) / low) if low else None
    amount = _amount(low, high)
    if share is not None and is_toss_up(share, overlap):
        most, least = ("", "") if found.two else ("at most ", "at least ")
        return _sentence(
            comparison,
            found,
            "Pay is a toss-up between ",
            *_several(sorted(found.known, key=lambda each: -each.value)),
            f": the averages are {most}{amount} apart and the ranges overlap by {least}{overlap:.0f}%. {TOSS_UP}",
        )
    return _sentence(
        comparison,
        found,
        *_several(highest),
        " average ",
        of(highest[0].side, formats.dollars(high)),
        f"{_unit(found)}, " if found.two else f"{_unit(found)}, the most here: ",
        f"{amount} more than ",
        *_several(lowest),
        " with ",
        of(lowest[0].side, formats.dollars(low)),
    )


def _median(comparison: Comparison, found: KnownValues) -> Sentence:
    lowest, highest = _ends(found.known)
    low, high = lowest[0].value, highest[0].value
    if low == high:
        return _sentence(
            comparison,
            found,
            *_named_all(comparison, found),
            f" have a median pay of {formats.dollars(low)}{_unit(found)}",
        )
    return _sentence(
        comparison,
        found,
        "The median pay of ",
        *_several(highest),
        " is ",
        of(highest[0].side, formats.dollars(high)),
        f"{_unit(found)}, " if found.two else f"{_unit(found)}, the most here: ",
        f"{_amount(low, high)} more than that of ",
        *_several(lowest),
        " with ",
        of(lowest[0].side, formats.dollars(low)),
    )


def write_medians(comparison: Comparison) -> Sentence | None:
    """The medians, beside averages that are told already: of a year, or of an hour."""
    told = _paid_by(comparison)
    median = told and _MEDIANS.get(told.line.row.key)
    found = _find(comparison, median) if median else None
    return found and _median(comparison, found)


def write_top_pay(comparison: Comparison) -> Sentence | None:
    found = _find(comparison, "salary.annual_p90")
    if found is None:
        return None
    words: list[Part | str] = []
    for each in found.known:
        start = "Of " if not words else " and of " if each is found.known[-1] else ", of "
        words += [start, people(each.side), " one in ten earns more than ", of(each.side, each.cell.text)]
    return _sentence(comparison, found, *words, " a year")


def write_jobs(comparison: Comparison) -> Sentence | None:
    found = _find(comparison, "outlook.job_count")
    if found is None:
        return None
    fewest, most = _ends(found.known)
    low, high = fewest[0].value, most[0].value
    if not high:
        return None
    counts: list[Part | str] = [
        of(most[0].side, formats.plain(high)),
        " against ",
        of(fewest[0].side, formats.plain(low)),
    ]
    more = how_many_more(high, low) if low else ""
    if low and not more:
        everyone = _several(sorted(found.known, key=lambda each: -each.value))
        said = counts if low < high else [formats.plain(low)]
        return _sentence(comparison, found, "There are about as many jobs for ", *everyone, ": ", *said)
    if low and found.two:
        link = " than for " if more.endswith("more") else " as for "
        who = (people(most[0].side), link, people(fewest[0].side))
        return _sentence(comparison, found, f"There are {more} jobs for ", *who, ": ", *counts)
    return _sentence(
        comparison,
        found,
        "There are ",
        of(most[0].side, formats.plain(high)),
        " jobs for ",
        *_several(most),
        "" if found.two else ", the most here,",
        " and ",
        of(fewest[0].side, formats.plain(low)),
        " for ",
        *_several(fewest),
        "" if found.two else ", the fewest",
    )


def how_many_more(high: int, low: int) -> str:
    """One count against another, in the words that the summary and the chart share; "" where they are about equal.

    >>> how_many_more(160_000, 117_059), how_many_more(250_590, 117_059), how_many_more(119_000, 117_059)
    ('37% more', '2.1 times as many', '')
    """
    if 100 * (high - low) < ABOUT * low:
        return ""
    if high < MANY_TIMES * low:
        return f"{_rounded(float(100 * (high - low) / low))}% more"
    return f"{formats.times(high, low)} as many"


def write_growth(comparison: Comparison) -> Sentence | None:
    """Only where it differs: figures for whole occupation groups are equal for many roles."""
    found = _find(comparison, "outlook.growth_percent")
    if found is None:
        return None
    slowest, fastest = _ends(found.known)
    if slowest[0].value == fastest[0].value:
        return None
    more, less = ("higher", "lower") if found.two else ("highest", "lowest")
    return _sentence(
        comparison,
        found,
        f"The growth rate is {more} for ",
        *_several(fastest),
        " with ",
        of(fastest[0].side, formats.growth(fastest[0].value)),
        f" and {less} for ",
        *_several(slowest),
        " with ",
        of(slowest[0].side, formats.growth(slowest[0].value)),
    )


def write_same_growth(comparison: Comparison) -> Sentence | None:
    found = _find(comparison, "outlook.growth_percent")
    if found is None or len({each.value for each in found.known}) > 1:
        return None
    rate = formats.growth(found.known[0].value)
    return _sentence(comparison, found, "The growth rate is the same for ", *_named_all(comparison, found), f": {rate}")


def write_entry(comparison: Comparison) -> Sentence | None:
    line = comparison.line("entry.time")
    spans = {index: span for index, cell in enumerate(line.cells) if (span := _span(cell))} if line else {}
    found = line and _found(comparison, line, spans)
    if not found:
        return None
    if len(set(spans.values())) == 1:
        words = max((each.cell.text for each in found.known), key=len)  # with what one of them goes by
        everyone = _named_all(comparison, found)
        return _sentence(comparison, found, "Getting in takes as long for ", *everyone, f": {words}")
    quickest, slowest = _ends(found.known)
    if any(each.value[1] > slowest[0].value[1] or each.value[1] < quickest[0].value[1] for each in found.known):
        return None  # one band lies within another: neither takes longer
    return _sentence(
        comparison,
        found,
        f"Getting in takes {'longer' if found.two else 'longest'} for ",
        *_several(slowest),
        ": ",
        of(slowest[0].side, slowest[0].cell.text),
        ", against " if found.two else ", and shortest, ",
        of(quickest[0].side, quickest[0].cell.text),
        "" if found.two else ",",
        " for ",
        *_several(quickest),
    )


def _span(cell: Cell) -> tuple[int, int] | None:
    """Both ends of a span in months; one without an upper end is longer than any."""
    span = None if cell.missing else rows.months(cell.value)
    return span and (span[0], 10_000 if span[1] is None else span[1])


def write_degrees(comparison: Comparison) -> Sentence | None:
    """The most common degrees, where all are known."""
    found = _find(comparison, "education.degree")
    if found is None or found.without or any(each.value[0] is None for each in found.known):
        return None
    words: list[Part | str] = []
    for each in found.known:
        start = "" if not words else " and " if each is found.known[-1] else ", "
        words += [start, of(each.side, each.cell.text), " for ", people(each.side)]
    return _sentence(comparison, found, "The most common degree: ", *words)


def write_skills(comparison: Comparison) -> Sentence | None:
    lists = comparison.skills.lists
    listing = [side for side in comparison.sides if lists[side.index]]
    without = [side for side in comparison.sides if not lists[side.index]]
    if len(listing) < 2 or (without and len(comparison.sides) == 2):
        return None
    everywhere = [
        match.name for match in comparison.skills.shared if all(match.entries[side.index] for side in listing)
    ]
    everyone = [*_join([people(side) for side in listing])] if without else [Part(messages.EVERYONE[len(listing)])]
    words: list[Part | str]
    if everywhere and without:
        words = ["The skill lists for ", *everyone, f" name {_named(everywhere)}"]
    elif everywhere:
        words = [*everyone, f" skill lists name {_named(everywhere)}"]
    elif without:
        words = [f"No skill is on {messages.EVERYONE[len(listing)]} lists for ", *everyone, f"; {PART_OF_THE_WORK}"]
    else:
        words = ["No skill is on ", *everyone, f" lists; {PART_OF_THE_WORK}"]
    publishers = dict.fromkeys(side.list_sources["skills"].publisher for side in listing)
    if len(publishers) > 1:
        words.append(f" (lists of different publishers: {formats.listed(list(publishers))})")
    if without:
        words += ["; there is no list for ", *_join([people(side) for side in without], " or ")]
    return Sentence(tuple(_capital(_parts(words))), "skills", "Skills")


def _named(names: Sequence[str]) -> str:
    """
    >>> _named(["SQL", "Java"]), _named(["a", "b", "c", "d", "e"])
    ('SQL and Java', 'a, b, c and 2 more')
    """
    if len(names) <= MOST_NAMED + 1:
        return formats.listed(list(names))
    return formats.listed([*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"])


def write_moves(comparison: Comparison) -> Iterator[Sentence]:
    """How much of one role's list the other's covers, and what it asks for beyond: of two roles in both directions,
    of more from the first to each other."""
    count = len(comparison.sides)
    ways = [(0, 1), (1, 0)] if count == 2 else [(0, goal) for goal in range(1, count)]
    for start, goal in ways:
        origin, target = comparison.sides[start], comparison.sides[goal]
        known = {entry.slug for entry in comparison.skills.lists[start]}
        wanted = {entry.slug: entry for entry in reversed(comparison.skills.lists[goal])}
        if known and wanted:
            entries = list(reversed(wanted.values()))
            words = _covered(entries, known)
            publishers = dict.fromkeys(side.list_sources["skills"].publisher for side in (origin, target))
            if len(publishers) > 1:
                words += f" (lists of different publishers: {formats.listed(list(publishers))})"
            yield Sentence(
                (
                    Part("If you move from "),
                    of(origin, in_prose(origin.title)),
                    Part(" to "),
                    of(target, in_prose(target.title)),
                    Part(f", {words}"),
                ),
                "skills",
                "Skills",
            )


def _covered(entries: Sequence[SkillEntry], known: Collection[str]) -> str:
    """
    >>> sql = SkillEntry("SQL", "sql", "listed", 1, 30, None, {})
    >>> java = SkillEntry("Java", "java", "listed", 2, 20, None, {})
    >>> _covered([sql, java], {"sql"})
    'your list has 1 of the 2 skills listed there (50%; 60% by their shares), and you would add Java (20%)'
    >>> _covered([sql], {"sql"}), _covered([sql], {"java"})
    ('everything listed there is on your list: SQL', 'nothing listed there is on your list: you would add SQL (30%)')
    """
    count = len(entries)
    shared = [entry for entry in entries if entry.slug in known]
    added = _named([_with_share(entry) for entry in entries if entry.slug not in known])
    if not shared:
        return f"nothing listed there is on your list: you would add {added}"
    if len(shared) == count:
        return f"everything listed there is on your list: {_named([entry.name for entry in shared])}"
    percents = [entry.percent or 0 for entry in entries]
    share = f"{round(100 * len(shared) / count)}%"
    if all(percents):
        share += f"; {round(100 * sum(entry.percent or 0 for entry in shared) / sum(percents))}% by their shares"
    return f"your list has {len(shared)} of the {count} skills listed there ({share}), and you would add {added}"


def _with_share(entry: SkillEntry) -> str:
    return entry.name if entry.percent is None else f"{entry.name} ({formats.percent(entry.percent)})"


def write_coverage(comparison: Comparison) -> Iterator[Sentence]:
    """What share of the whole each role's list covers, so that absence is not read as proof."""
    for side, entries in zip(comparison.sides, comparison.skills.lists, strict=True):
        if not entries:
            continue
        shares = [entry.percent for entry in entries if entry.percent is not None]
        words = f" has {formats.counted(len(entries), 'entry', 'entries')}"
        if not shares:
            words += " without shares: how much of the whole it covers is not published"
        elif len(shares) < len(entries):
            words += f"; {len(shares)} of them have shares, which add up to {sum(shares)}%"
        else:
            words += f" whose shares add up to {sum(shares)}%"
            words += f": {100 - sum(shares)}% of the whole is not listed" if sum(shares) < 100 else ""
        yield Sentence((Part("The list for "), of(side, in_prose(side.title)), Part(words)), "skills", "Skills")


def pair_teaser(pays: tuple[int | None, int | None], jobs: tuple[int | None, int | None]) -> str:
    """One line on why two roles are worth comparing.

    >>> pair_teaser((90615, 79670), (None, 5)), pair_teaser((36653, 36361), (None, None))
    ('$10,945 between the averages', 'Averages only $292 apart')
    >>> pair_teaser((None, 1), (200, 100)), pair_teaser((None, None), (None, None))
    ('2 times as many jobs for the first', 'Set side by side by their publisher')
    >>> pair_teaser((36653, 36361), (1000, 12000))
    'Averages only $292 apart, 12 times as many jobs for the second'
    """
    low, high = min(pays[0] or 0, pays[1] or 0), max(pays[0] or 0, pays[1] or 0)
    few, many = min(jobs[0] or 0, jobs[1] or 0), max(jobs[0] or 0, jobs[1] or 0)
    more = ""
    if few and many >= MANY_TIMES * few:
        more = f"{formats.times(many, few)} as many jobs for the {'first' if jobs[0] == many else 'second'}"
    if low and is_close(low, high):
        return f"Averages only {formats.dollars(high - low)} apart{more and f', {more}'}"
    if low:
        return f"{formats.dollars(high - low)} between the averages"
    if more:
        return more
    return "Set side by side by their publisher"


def is_close(low: int, high: int) -> bool:
    return 100 * (high - low) < TOSS_UP_GAP * low


def _find(comparison: Comparison, key: str) -> KnownValues | None:
    line = comparison.line(key)
    values = {index: cell.value for index, cell in enumerate(line.cells) if not cell.missing} if line else {}
    return line and _found(comparison, line, values)


def _found(comparison: Comparison, line: ComparisonLine, values: Mapping[int, Any]) -> KnownValues | None:
    if len(values) < 2:
        return None
    known = tuple(KnownValue(value, comparison.sides[index], line.cells[index]) for index, value in values.items())
    return KnownValues(line, known, tuple(side for side in comparison.sides if side.index not in values))


def _ends(known: Sequence[KnownValue]) -> tuple[tuple[KnownValue, ...], tuple[KnownValue, ...]]:
    """Those with the lowest value and those with the highest: several where they are equal."""
    low, high = min(each.value for each in known), max(each.value for each in known)
    return tuple(each for each in known if each.value == low), tuple(each for each in known if each.value == high)


def _amount(low: int, high: int) -> str:
    gap = formats.dollars(high - low)
    return f"{gap} ({_rounded(float(100 * (high - low) / low))}%)" if low else gap


def _overlap(comparison: Comparison, found: KnownValues) -> float | None:
    """Of the ranges of any two of the roles the least, in percent of the narrower."""
    line = comparison.line("salary.annual_low")
    ranges = [line.cells[each.side.index].value for each in found.known] if line else [None]
    if None in ranges:
        return None
    shares = [rows.overlap(one, other) for one, other in combinations(ranges, 2)]
    return None if None in shares else min(share for share in shares if share is not None)


def _sentence(comparison: Comparison, found: KnownValues, *words: Part | str) -> Sentence:
    """With the publishers where there are several, and with the roles that it cannot speak of."""
    said = list(words)
    publishers = dict.fromkeys(each.cell.publisher for each in found.known)
    if len(publishers) > 1:
        said.append(f" (figures of different publishers: {formats.listed(list(publishers))})")
    if found.without:
        said += ["; there is no figure for ", *_join([people(side) for side in found.without], " or ")]
    return Sentence(tuple(_capital(_parts(said))), found.line.row.anchor, found.line.row.label)


def _parts(words: Iterable[Part | str]) -> Iterator[Part]:
    return (Part(each) if isinstance(each, str) else each for each in words if each)


def _capital(parts: Iterable[Part]) -> Iterator[Part]:
    for index, part in enumerate(parts):
        yield part if index else part._replace(text=capital(part.text))


def _join(parts: Sequence[Part], last: str = " and ") -> Iterator[Part]:
    """With commas, and a word before the last."""
    for index, part in enumerate(parts):
        if index:
            yield Part(last if index == len(parts) - 1 else ", ")
        yield part


def _several(known: Iterable[KnownValue]) -> Iterator[Part]:
    return _join([people(each.side) for each in known])


def _named_all(comparison: Comparison, found: KnownValues) -> Iterable[Part | str]:
    """ "both", or the roles by name where others are left out."""
    return _several(found.known) if found.without else [messages.EVERYONE[len(comparison.sides)]]


def _rounded(share: float) -> str:
    """
    >>> _rounded(13.74), _rounded(0.8), _rounded(0.04)
    ('14', '0.8', 'under 0.1')
    """
    return f"{share:.0f}" if share >= 1 else f"{share:.1f}" if share >= 0.05 else "under 0.1"


_ORDER = (
    write_pay,
    write_medians,
    write_top_pay,
    write_jobs,
    write_growth,
    write_same_growth,
    write_entry,
    write_degrees,
    write_skills,
)
