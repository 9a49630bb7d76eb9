"""What the steps of pay, the states and the years come to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from careers.areas import AREAS, in_area
from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.judging.leads import are_of_one_count
from comparisons.language.messages import EVERYONE
from comparisons.language.parts import Part
from comparisons.language.titles import capital, plural
from comparisons.language.verdict.role_names import middle_person, possess
from comparisons.thresholds import ABOUT_AS_MANY, MIXED_STATES

Finding = tuple[Part, ...] | None

# The steps of pay from the lowest to the highest, and where they are.
_BY_YEAR = {
    "salary.annual_p10": "at the low end",
    "salary.annual_p25": "a quarter of the way up",
    "salary.annual_median": "in the middle",
    "salary.annual_p75": "three quarters of the way up",
    "salary.annual_p90": "at the top",
}
_BY_HOUR = {key.replace("annual", "hourly"): place for key, place in _BY_YEAR.items()}
# How many states a finding names.
MOST_STATES_NAMED = 3
# Territories, which are no states.
_TERRITORIES = ("AS", "GU", "MP", "PR", "VI")


class _Step(NamedTuple):
    """Each role's pay at one step. `place`: where it is."""

    key: str
    place: str
    amounts: tuple[Any, ...]

    @property
    def gap(self) -> Any:
        """The second role's less the first's; of more roles, from the least to the best paid."""
        first, *others = self.amounts
        return others[0] - first if len(others) == 1 else max(self.amounts) - min(self.amounts)


def find_pay_steps(comparison: Comparison) -> Finding:
    """How the gap changes from the low end to the top; None unless two steps are known of all roles."""
    steps = _steps(comparison, _BY_YEAR) or _steps(comparison, _BY_HOUR) or _range_steps(comparison)
    if len(steps) < 2:
        return None
    low, top = steps[0], steps[-1]
    if len(comparison.sides) > 2:
        words = "Between the best and the least paid role lie "
        return Part(words), _amount(low), Part(f" {low.place} and "), _amount(top), Part(f" {top.place}")
    if all(not step.gap for step in steps):
        return (Part("Pay is the same at every step"),)
    return _describe_turn(comparison, steps) or _describe_gap(low, top)


def _steps(comparison: Comparison, places: Mapping[str, str]) -> list[_Step]:
    """The steps that are known of every role, of one count."""
    steps = []
    for key, place in places.items():
        line = comparison.line(key)
        if line and not any(cell.missing for cell in line.cells) and are_of_one_count(line.cells):
            steps.append(_Step(key, place, tuple([cell.value for cell in line.cells])))
    return steps


def _range_steps(comparison: Comparison) -> list[_Step]:
    """Both ends of the published ranges."""
    line = comparison.line("salary.range")
    if line is None or any(cell.missing or None in cell.value for cell in line.cells):
        return []
    if not are_of_one_count(line.cells):
        return []
    places = ("at the low end", "at the top")
    return [
        _Step(line.row.key, place, tuple([cell.value[end] for cell in line.cells])) for end, place in enumerate(places)
    ]


def _amount(step: _Step) -> Part:
    return Part(formats.dollars(abs(step.gap)) + (" an hour" if "hourly" in step.key else ""), key=step.key)


def _describe_turn(comparison: Comparison, steps: Sequence[_Step]) -> Finding:
    """Which role earns more at which end; None where one earns more, or as much, at every step."""
    if not any(step.gap < 0 for step in steps) or not any(step.gap > 0 for step in steps):
        return None
    differing = [step for step in steps if step.gap]
    low, top = differing[0], differing[-1]
    first, second = comparison.sides
    if low.gap * top.gap > 0:
        ahead, behind = (second, first) if low.gap > 0 else (first, second)
        words = f"{capital(plural(ahead.title))} earn more at both ends, {plural(behind.title)} in between"
        return (Part(words),)
    below, above = (second, first) if low.gap > 0 else (first, second)
    words = f"{capital(plural(below.title))} earn more {low.place}, {plural(above.title)} {top.place}"
    return (Part(words),)


def _describe_gap(low: _Step, top: _Step) -> Finding:
    first, last = abs(low.gap), abs(top.gap)
    if first == last:
        return Part("The gap is "), _amount(low), Part(f" {low.place} and {top.place}")
    if not first or not last:
        level, apart = (low, top) if not first else (top, low)
        return (
            Part(f"{capital(level.place)} pay is the same, {apart.place} "),
            _amount(apart),
            Part(" lie between them"),
        )
    words = "The gap grows from " if last > first else "The gap shrinks from "
    if 100 * abs(last - first) < ABOUT_AS_MANY * min(first, last):
        words = "The gap hardly changes, from "
    return Part(words), _amount(low), Part(f" {low.place} to "), _amount(top), Part(f" {top.place}")


# -- states -----------------------------------------------------------------------------------


class _States(NamedTuple):
    """Median pay by state. `pays`: for each role state -> pay. `shared`: the states that have all roles' pay.

    `won`: for each role the shared states in which it earns more than every other one. `start`: begins the finding.
    """

    pays: tuple[Mapping[str, float], ...]
    shared: tuple[str, ...]
    won: tuple[tuple[str, ...], ...]
    start: str

    @property
    def leader(self) -> int:
        """The role that earns most in most states."""
        return max(range(len(self.won)), key=lambda index: len(self.won[index]))

    def name_beaten(self) -> tuple[str, int]:
        """The state that pays most of the role behind, of two, and how many states pay the leader less than that."""
        behind = self.pays[1 - self.leader]
        best = max(behind, key=lambda state: behind[state])
        return best, sum(pay < behind[best] for pay in self.pays[self.leader].values())


def find_places(comparison: Comparison, levels: Mapping[str, Decimal] | None = None) -> Finding:
    """What the states show; None without two states that have the pay of all roles. Territories are left out.

    `levels`: postal code -> price level, where pay is to be divided by it.
    """
    states = _read_states(comparison, levels)
    if states is None:
        return None
    words = _compare_states(comparison.sides, states)
    return (Part(f"{states.start}{words}" if states.start else capital(words), key="area_pay"),)


def find_same_state(comparison: Comparison, levels: Mapping[str, Decimal] | None = None) -> Finding:
    """Who earns more in the same state; None where `find_places` says it."""
    states = _read_states(comparison, levels)
    if states is None or len(comparison.sides) != 2 or not _is_across_states(states):
        return None
    leader = comparison.sides[states.leader]
    behind = comparison.sides[1 - states.leader]
    won = states.won[behind.index]
    if won and len(won) <= MOST_STATES_NAMED:
        names = formats.listed([in_area(AREAS[state]).removeprefix("in ") for state in won])
        words = f"Only in {names} do {plural(behind.title)} earn more than {plural(leader.title)} in the same state"
    else:
        words = capital(_count_states(comparison.sides, states))
    return (Part(words, key="area_pay"),)


def _read_states(comparison: Comparison, levels: Mapping[str, Decimal] | None) -> _States | None:
    sources = {
        (source.publisher, source.release) for side in comparison.sides if (source := side.list_sources.get("area_pay"))
    }
    if len(sources) != 1:
        return None
    for time in ("median", "hourly_median"):
        pays = tuple([_pay_by_state(side, time, levels) for side in comparison.sides])
        shared = tuple([state for state in pays[0] if all(state in of_role for of_role in pays)])
        if len(shared) > 1:
            won = tuple([_won(pays, shared, index) for index in range(len(pays))])
            return _States(pays, shared, won, "With local prices taken out, " if levels else "")
    return None


def _pay_by_state(side: Side, time: str, levels: Mapping[str, Decimal] | None) -> dict[str, float]:
    pays = {}
    for entry in side.role.area_pay:
        pay, state = getattr(entry.row, time), entry.area.state
        level = levels.get(state) if levels else Decimal(100)
        if pay is not None and level and state not in _TERRITORIES:
            pays[state] = float(100 * pay / level)
    return pays


def _won(pays: Sequence[Mapping[str, float]], shared: Sequence[str], index: int) -> tuple[str, ...]:
    others = [of_role for place, of_role in enumerate(pays) if place != index]
    return tuple([state for state in shared if all(pays[index][state] > of_role[state] for of_role in others)])


def _is_across_states(states: _States) -> bool:
    """Whether one state of the role behind against all states of the leader tells more than state by state."""
    if len(states.pays) != 2 or not any(states.won) or _is_mixed(states):
        return False
    of_leader, (best, beaten) = states.pays[states.leader], states.name_beaten()
    return 2 * beaten >= len(of_leader) or min(of_leader.values()) > states.pays[1 - states.leader][best]


def _is_mixed(states: _States) -> bool:
    return 100 * min(map(len, states.won)) >= MIXED_STATES * len(states.shared)


def _compare_states(sides: Sequence[Side], states: _States) -> str:
    if not _is_across_states(states):
        return _count_states(sides, states)
    leader, behind = sides[states.leader], sides[1 - states.leader]
    best, beaten = states.name_beaten()
    every = len(states.pays[states.leader])
    where, other = in_area(AREAS[best]), middle_person(leader.title)
    if not beaten:
        return f"even {where} {middle_person(behind.title)} earns less than {other} in any state"
    count = f"each of {every}" if beaten == every else f"{beaten} of {every}"
    return f"{middle_person(behind.title)} {where} out-earns {other} in {count} states"


def _count_states(sides: Sequence[Side], states: _States) -> str:
    """How many states pay each role more, of those with figures for all."""
    total, won = len(states.shared), [len(of_role) for of_role in states.won]
    leader = sides[states.leader]
    everyone, most = EVERYONE[len(sides)], "more" if len(sides) == 2 else "most"
    if not any(won):
        return f"pay is the same in every state with figures for {everyone}"
    if won[leader.index] == total:
        return f"in every state with figures for {everyone}, {plural(leader.title)} earn {most}"
    words = f"{plural(leader.title)} earn {most} in {won[leader.index]} of {total} states"
    behind = sorted([side for side in sides if side is not leader], key=lambda side: -won[side.index])
    others = [f"{plural(side.title)} in {won[side.index]}" for side in behind if won[side.index]]
    return f"{words}, {formats.listed(others)}" if others else words


# -- years ------------------------------------------------------------------------------------


def find_years(comparison: Comparison) -> Finding:
    """How median pay changed since the first year that all roles have; None without two such years."""
    if len({entry.source.publisher for side in comparison.sides for entry in side.role.history}) != 1:
        return None
    for time in ("median", "hourly_median"):
        pays = [_pay_by_year(side, time) for side in comparison.sides]
        years = sorted(set.intersection(*[set(of_role) for of_role in pays]))
        if len(years) > 1:
            first, last = years[0], years[-1]
            changes = [float(100 * (of_role[last] - of_role[first]) / of_role[first]) for of_role in pays]
            newest = max(year for of_role in pays for year in of_role)
            start = f"Since {first}" if last == newest else f"From {first} to {last}"
            return _describe_changes(comparison.sides, changes, start)
    return None


def _pay_by_year(side: Side, time: str) -> dict[int, Any]:
    return {entry.year: pay for entry in side.role.history if (pay := entry.figure(time))}


def _describe_changes(sides: Sequence[Side], changes: Sequence[float], start: str) -> Finding:
    # Changes that differ, but not as whole numbers, are told with one digit more.
    digits = 0 if len({round(change) for change in changes}) == len({round(change, 1) for change in changes}) else 1
    moves = [_move(change, digits) for change in changes]
    figures = [f"{abs(change):.{digits}f}%" if round(change, digits) else "" for change in changes]
    if len(set(zip(figures, moves, strict=True))) == 1:
        by = f" by {figures[0]}" if figures[0] else ""
        return Part(f"{start} pay {moves[0]}"), Part(by, key="history"), Part(f" for {EVERYONE[len(sides)]}")
    owners = [possess(plural(side.title)) for side in sides]
    if all(owners):
        names = [f"{owners[0]} pay", *owners[1:]]
    else:
        names = [f"the pay of {plural(sides[0].title)}", *[f"that of {plural(side.title)}" for side in sides[1:]]]
    parts = [Part(f"{start} ")]
    for place, name in enumerate(names):
        verb = f" {moves[place]}" if not place or moves[place] != moves[place - 1] else ""
        parts.append(Part(f"{', ' if place else ''}{name}{verb}"))
        if figures[place]:
            parts += [Part(" "), Part(figures[place], sides[place].letter, "", "history")]
    return tuple(parts)


def _move(change: float, digits: int) -> str:
    """
    >>> _move(3.2, 0), _move(-3.2, 0), _move(0.4, 0)
    ('rose', 'fell', 'hardly changed')
    """
    if not round(change, digits):
        return "hardly changed"
    return "rose" if change > 0 else "fell"
