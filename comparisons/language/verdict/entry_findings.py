"""Headings that sum up the ways into the roles: on paper, in practice, and by fields of study."""

from collections.abc import Sequence
from decimal import Decimal

from comparisons import formats
from comparisons.comparison import Cell, Comparison, ComparisonLine, Side
from comparisons.judging.leads import WITHOUT_BACHELOR, sum_shares
from comparisons.language.demands import EDUCATION, EXPERIENCE, NO_DEGREE, TRAINING, rank_education
from comparisons.language.messages.absent_values import EVERYONE, NOBODY
from comparisons.language.parts import (
    Finding,
    Part,
    Sentence,
    Words,
    begin_sentence,
    finish_sentence,
    list_parts,
    list_people,
)
from comparisons.language.row_values import ComparedValues, select_values
from comparisons.thresholds import CLOSE_IN_PRACTICE

_ASKED = (
    ("requirements.education", EDUCATION),
    ("requirements.work_experience", EXPERIENCE),
    ("requirements.training", TRAINING),
)
# The group that sums of shares of education are from.
ATTAINED = "attainment"
_IN_PRACTICE = Part("In practice ")
ABOVE_BACHELOR = ("attainment.master", "attainment.doctoral_or_professional")


def find_way_in(comparison: Comparison) -> Finding:
    """What the roles ask for on paper; None unless the education of all is known."""
    lines = [comparison.complete.get(key) for key, _ in _ASKED]
    education = lines[0]
    if education is None:
        return None
    demands = [_name_asked(line, words) for line, (_, words) in zip(lines, _ASKED, strict=True)]
    comparable = list(filter(None, demands))
    if all(len(set(names)) == 1 for names in comparable):
        shared = [names[0] for names in comparable]
        return (Part(f"On paper the same way in: {', '.join(shared)}"),)
    if len(set(demands[0])) > 1:
        return (Part(f"On paper {_group_education(comparison.sides, education)}"),)
    nothing, education_asked = demands[0][0].startswith("no "), demands[0][0].removeprefix("no ")
    who = f"{NOBODY[len(comparison.sides)]} needs a" if nothing else f"{EVERYONE[len(comparison.sides)]} need"
    words = f"On paper {who} {education_asked}"
    differing = next(names for names in demands[1:] if len(set(names)) > 1)
    return (Part(f"{words}; {_name_differing(comparison.sides, differing)}"),)


def find_way_in_of_some(comparison: Comparison) -> Finding:
    """The education that some roles ask for, and the time that getting into another one takes; None where neither is
    known."""
    items: list[list[Part]] = []
    education = _list_known(comparison, "requirements.education")
    if education:
        names = [EDUCATION.get(cell.value, cell.value) for _, cell in education]
        items.append([Part(f"on paper {_group_names([side for side, _ in education], names)}")])
    time = _list_known(comparison, "entry.time")
    if len(time) == 1:
        [(side, cell)] = time
        for_whom = f"{',' if ',' in cell.text else ''} for {side.people}"
        items.append([Part("getting in takes "), Part(cell.text, key="entry.time"), Part(for_whom)])
    return tuple(begin_sentence(list_parts(items, "; "))) if items else None


def _list_known(comparison: Comparison, key: str) -> list[tuple[Side, Cell]]:
    """The roles that have a value in this row, with it."""
    line = comparison.by_key.get(key)
    cells = line.cells if line else ()
    return [(side, cell) for side, cell in zip(comparison.sides, cells, strict=False) if not cell.missing]


def _name_differing(sides: Sequence[Side], names: Sequence[str]) -> str:
    """`only surveyors also need an apprenticeship`, or what each role asks for."""
    asking = [(side, name) for side, name in zip(sides, names, strict=True) if not name.startswith("no ")]
    if len({name for _, name in asking}) == 1 and len(asking) < len(sides):
        return f"only {list_people(side for side, _ in asking)} also need {asking[0][1]}"
    return _group_names(sides, names, ", ")


def _name_asked(line: ComparisonLine | None, words: dict[str, str]) -> list[str]:
    """What each role asks for; nothing where one is not known."""
    if line is None:
        return []
    return [words.get(cell.value, cell.value) for cell in line.cells]


def _group_education(sides: Sequence[Side], line: ComparisonLine) -> str:
    """Roles that ask least come first. Where the others ask for a degree, it says that these need none."""
    ranks = [rank_education(cell.value) for cell in line.cells]
    order = sorted(range(len(sides)), key=lambda index: ranks[index])
    names = [EDUCATION.get(line.cells[index].value, line.cells[index].value) for index in order]
    free = sum(line.cells[index].value in NO_DEGREE for index in order)
    if free < len(order):
        names[:free] = ["no degree"] * free
    return _group_names([sides[index] for index in order], names)


def _group_names(sides: Sequence[Side], names: Sequence[str], between: str = "; ") -> str:
    """`electricians need no degree; nurses and bakers a bachelor’s degree`: those that ask for the same together."""
    by_name: dict[str, list[Side]] = {}
    for side, name in zip(sides, names, strict=True):
        by_name.setdefault(name, []).append(side)
    groups: list[str] = []
    for name, asking in by_name.items():
        verb = "" if groups else " need"
        groups.append(f"{list_people(asking)}{verb} {name}")
    return between.join(groups)


def find_attainment(comparison: Comparison) -> Finding:
    """The education of people who do the work, by what differs; None unless it is known of all roles."""
    below = sum_shares(comparison, WITHOUT_BACHELOR)
    above = sum_shares(comparison, ABOVE_BACHELOR)
    if below is None or above is None:
        return None
    least, most = _find_ends(below)
    sides = comparison.sides
    if below[most] - below[least] >= CLOSE_IN_PRACTICE:
        parts = [
            _IN_PRACTICE,
            _write_share(below[most]),
            Part(f" of {sides[most].people} have less than a bachelor’s"),
        ]
        has_contrast = below[most] < 50 and above[least] - above[most] >= CLOSE_IN_PRACTICE
        lower = sides[least].people
        if len(sides) == 2 and has_contrast:
            return (*parts, Part(", and "), _write_share(above[least]), Part(f" of {lower} have more"))
        return (*parts, Part(" degree, against "), _write_share(below[least]), Part(f" of {lower}"))
    return _compare_ends(comparison, below, above)


def _compare_ends(comparison: Comparison, below: Sequence[Decimal], above: Sequence[Decimal]) -> Finding:
    """Compare who has more than a bachelor's degree, or no more than a high school diploma, where the middle is the
    same."""
    school = sum_shares(comparison, WITHOUT_BACHELOR[:2]) or below
    for shares, words in (
        (above, "have more than a bachelor’s degree"),
        (school, "have no more than a high school diploma"),
    ):
        least, most = _find_ends(shares)
        if shares[most] - shares[least] >= CLOSE_IN_PRACTICE:
            high, low = (comparison.sides[index] for index in (most, least))
            words = f" of {high.people} {words}, against "
            more, less = _write_share(shares[most]), _write_share(shares[least])
            return (_IN_PRACTICE, more, Part(words), less, Part(f" of {low.people}"))
    shares_text = formats.listed(list(dict.fromkeys([_write_percent(share) for share in below])))
    whose = EVERYONE[len(comparison.sides)] if len(set(below)) == 1 else "them"
    return (
        Part("In practice much the same: "),
        Part(shares_text, key=ATTAINED),
        Part(f" of {whose} have less than a bachelor’s degree"),
    )


def _write_share(share: Decimal) -> Part:
    return Part(_write_percent(share), key=ATTAINED)


def _find_ends(shares: Sequence[Decimal]) -> tuple[int, int]:
    """The index of the lowest and of the highest share."""
    order = sorted(range(len(shares)), key=lambda index: shares[index])
    return order[0], order[-1]


def _write_percent(share: Decimal) -> str:
    """
    >>> [_write_percent(Decimal(share)) for share in ("31.2", "0.3", "0", "99.8")]
    ['31%', 'under 1%', '0%', 'over 99%']
    """
    if 0 < share < 1:
        return "under 1%"
    if 99 < share < 100:
        return "over 99%"
    return f"{formats.rounded(share)}%"


def find_majors(comparison: Comparison) -> Finding:
    """How many fields of study lead to more than one role; None unless every role has some."""
    majors = comparison.majors
    if not all(majors.lists):
        return None
    codes = [{entry.cip for entry in entries} for entries in majors.lists]
    common, everyone = set.intersection(*codes), EVERYONE[len(codes)]
    if not common:
        return (Part(f"No major leads to {everyone}"),)
    count = Part(formats.plain(len(common)), key="majors")
    words = Part(f" {'major leads' if len(common) == 1 else 'majors lead'} to {everyone}")
    if all(role_codes == codes[0] for role_codes in codes):
        return (Part("The same "), count, words)
    return (count, words)


# -- by the time that getting in takes ----------------------------------------------------------


# Months in place of the missing upper end of "more than 10 years": such a span is longer than any.
_NO_END = 10_000


def write_entry(comparison: Comparison) -> Sentence | None:
    """The time that getting in takes, by pages that say it; None where one span lies within another."""
    line = comparison.by_key.get("entry.time")
    if line is None:
        return None
    time = select_values(comparison, line, _list_spans(line))
    if time is None:
        return None
    if time.all_same:
        longest = max((role_value.cell.text for role_value in time.values), key=len)  # it says what the time goes by
        return _finish_sentence(time, "Getting in takes the same time for ", time.everyone, f": {longest}")
    ends: list[int] = [role_value.value[1] for role_value in time.values]
    if max(ends) > time.highest.value[1] or min(ends) < time.lowest.value[1]:
        return None  # the span that begins first or last does not also end first or last
    slow, quick = time.highest.part(time.highest.cell.text), time.lowest.part(time.lowest.cell.text)
    roles: list[Words] = [time.highest.sides, ": ", slow]
    if not time.two:
        roles += ["; it is quickest for ", time.lowest.sides, ": ", quick]
        return _finish_sentence(time, "Getting in takes longest for ", *roles)
    comma = "," if "," in time.lowest.cell.text else ""
    return _finish_sentence(
        time, "Getting in takes longer for ", *roles, ", against ", quick, f"{comma} for ", time.lowest.sides
    )


def _list_spans(line: ComparisonLine) -> dict[int, tuple[int, int]]:
    """Index of a role -> both ends of its span in months, for those that have one."""
    published = [None if cell.missing else formats.months(cell.value) for cell in line.cells]
    spans = {}
    for index, span in enumerate(published):
        if span:
            low, high = span
            spans[index] = (low, _NO_END if high is None else high)
    return spans


def _finish_sentence(time: ComparedValues, *words: Words) -> Sentence:
    """Names the publishers where there are several, and the roles without a time."""
    return finish_sentence(words, "figure", time.line.publishers, time.without)
