"""The heading that sums up the steps of pay."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comparisons import formats
from comparisons.comparison import Comparison, Side
from comparisons.language.parts import Finding, Part, begin_sentence, list_parts
from comparisons.thresholds import ABOUT_AS_MANY
from comparisons.titles import capitalize

# The steps of pay from the lowest to the highest, and where they are.
_BY_YEAR = {
    "salary.annual_p10": "at the low end",
    "salary.annual_p25": "a quarter of the way up",
    "salary.annual_median": "in the middle",
    "salary.annual_p75": "three quarters of the way up",
    "salary.annual_p90": "at the top",
}
_BY_HOUR = {key.replace("annual", "hourly"): place for key, place in _BY_YEAR.items()}
# How many people a span of pay holds, the keys of its ends, and what it is of.
_SPREADS = (
    ("half of ", "salary.annual_p25", "salary.annual_p75", " a year"),
    ("eight in ten ", "salary.annual_p10", "salary.annual_p90", " a year"),
    ("half of ", "salary.hourly_p25", "salary.hourly_p75", " an hour"),
    ("eight in ten ", "salary.hourly_p10", "salary.hourly_p90", " an hour"),
)


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
    steps = _list_steps(comparison, _BY_YEAR) or _list_steps(comparison, _BY_HOUR) or _list_range_steps(comparison)
    if len(steps) < 2:
        return None
    low, top = steps[0], steps[-1]
    if len(comparison.sides) > 2:
        return (
            Part("The best and the worst paid roles are "),
            _write_amount(low),
            Part(f" apart {low.place} and "),
            _write_amount(top),
            Part(f" {top.place}"),
        )
    if all(not step.gap for step in steps):
        return (Part("Pay is the same at every step"),)
    return _describe_turn(comparison, steps) or _describe_bulge(steps) or _describe_gap(low, top)


def _list_steps(comparison: Comparison, places: Mapping[str, str]) -> list[_Step]:
    """The steps that are known of every role, like for like."""
    steps = []
    for key, place in places.items():
        line = comparison.complete.get(key)
        if line and line.like_for_like:
            steps.append(_Step(key, place, tuple([cell.value for cell in line.cells])))
    return steps


def _list_range_steps(comparison: Comparison) -> list[_Step]:
    """Both ends of the published ranges."""
    line = comparison.complete.get("salary.range")
    if line is None or any(None in cell.value for cell in line.cells) or not line.like_for_like:
        return []
    places = ("at the low end", "at the top")
    return [
        _Step(line.row.key, place, tuple([cell.value[end] for cell in line.cells])) for end, place in enumerate(places)
    ]


def _write_amount(step: _Step) -> Part:
    return Part(formats.dollars(abs(step.gap)) + (" an hour" if "hourly" in step.key else ""), key=step.key)


def _describe_turn(comparison: Comparison, steps: Sequence[_Step]) -> Finding:
    """Which of two roles earns more at which end; None where one earns more, or as much, at every step."""
    differing = [step for step in steps if step.gap]
    low, top = differing[0], differing[-1]
    turned = [step for step in differing if step.gap * low.gap < 0]
    if not turned:
        return None
    first, second = comparison.sides
    ahead, behind = (second, first) if low.gap > 0 else (first, second)
    if top in turned:
        words = f"{capitalize(ahead.people)} earn more {low.place}, {behind.people} {top.place}"
    elif low is steps[0] and top is steps[-1] and len(turned) == len(differing) - 2:
        words = f"{capitalize(ahead.people)} earn more at both ends, {behind.people} in between"
    else:
        words = f"{capitalize(behind.people)} earn more only {formats.listed([step.place for step in turned])}"
    return (Part(words),)


def _describe_bulge(steps: Sequence[_Step]) -> Finding:
    """Where between the ends the gap is clearly wider than at both of them; None where it is not."""
    ends = [abs(steps[0].gap), abs(steps[-1].gap)]
    widest = max(steps, key=lambda step: abs(step.gap))
    if 100 * (abs(widest.gap) - max(ends)) <= ABOUT_AS_MANY * max(ends):
        return None
    low, top = steps[0], steps[-1]
    return (
        Part("The gap is widest "),
        *(Part(f"{widest.place}, "), _write_amount(widest)),
        *(Part("; it is "), _write_amount(low), Part(f" {low.place} and "), _write_amount(top), Part(f" {top.place}")),
    )


def _describe_gap(low: _Step, top: _Step) -> Finding:
    first, last = abs(low.gap), abs(top.gap)
    if first == last:
        return Part("The gap is "), _write_amount(low), Part(f" {low.place} and {top.place}")
    if not first or not last:
        level, apart = (low, top) if not first else (top, low)
        return (
            Part(f"{capitalize(level.place)} pay is the same, {apart.place} it is "),
            _write_amount(apart),
            Part(" apart"),
        )
    words = "The gap grows from " if last > first else "The gap shrinks from "
    if 100 * abs(last - first) < ABOUT_AS_MANY * min(first, last):
        words = "The gap hardly changes, from "
    return Part(words), _write_amount(low), Part(f" {low.place} to "), _write_amount(top), Part(f" {top.place}")


def find_spreads(comparison: Comparison) -> Finding:
    """How far the pay of one role or of two reaches, by the figures of each alone; None where no role has any, and for
    three and more."""
    spreads = list(filter(None, [_describe_spread(comparison, side) for side in comparison.sides]))
    if not 1 <= len(spreads) <= 2:
        return None
    first, last = spreads[0][-1], spreads[-1][-1]
    if len(spreads) == 2 and first == last and not last.key:  # the same unit and place are not repeated, figures are
        spreads[1].pop()
    return tuple(begin_sentence(list_parts(spreads, "; ")))


def _describe_spread(comparison: Comparison, side: Side) -> list[Part]:
    """`half of nurses earn between $80,330 and $112,350 a year`, or the published range of several roles."""
    published = comparison.published[side.index]
    for share, low_key, high_key, unit in _SPREADS:
        low, high = published.get(low_key), published.get(high_key)
        if low and high:
            start, end = Part(low.text, key=low_key), Part(high.text, key=high_key)
            where = f"{unit} {low.area}" if low.area else unit
            return [Part(f"{share}{side.people} earn between "), start, Part(" and "), end, Part(where)]
    span = published.get("salary.range")
    if span is None or len(comparison.sides) == 1:  # beside the name of one role it stands at the top
        return []
    return [Part(f"the range given for {side.people} is "), Part(span.text, key="salary.range")]
