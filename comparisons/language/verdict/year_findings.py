"""How pay has changed over the years, as a heading."""

from collections.abc import Sequence

from comparisons.comparison import Comparison
from comparisons.judging.pay_years import PayChange, PayYears
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Part, list_names_in_parts
from comparisons.titles import possess

# The row or group that the figures of these sentences are from.
KEY = "years"
_ROSE, _FELL, _HARDLY = "rose", "fell", "hardly changed"


def find_over_years(comparison: Comparison, years: PayYears) -> list[Part]:
    """`Since 2021 nurses’ pay rose 26%, developers’ 13%`, without its full stop."""
    people = [comparison.sides[index].people for index in years.drawn]
    changes = years.changes
    if len({(change.first, change.last) for change in changes}) > 1:
        return _describe_apart(people, changes)
    first, last, _ = changes[0]
    when = f"Since {first}" if last == years.years[-1] else f"From {first} to {last}"
    is_same = len({round(change.percent, 1) for change in changes}) == 1
    if is_same and len(changes) == len(comparison.sides) > 1:
        return [Part(f"{when} pay "), *_describe_change(changes[0], 0), Part(f" for {EVERYONE[len(changes)]}")]
    digits = 0 if len({round(change.percent) for change in changes}) == len(changes) else 1
    owners = list(map(possess, people))
    if all(owners):
        return [Part(f"{when} "), *_describe_owners(owners, changes, digits)]
    return [Part(f"{when} pay "), *_describe_together(people, changes, digits)]


def _choose_verb(change: PayChange, digits: int) -> str:
    if not round(change.percent, digits):
        return _HARDLY
    return _ROSE if change.percent > 0 else _FELL


def _describe_change(change: PayChange, digits: int, before: PayChange | None = None) -> list[Part]:
    """`rose 26%`; the verb is left out where it is that of the change `before`."""
    verb = _choose_verb(change, digits)
    if verb == _HARDLY:
        return [Part(verb)]
    amount = Part(f"{abs(change.percent):.{digits}f}%", key=KEY)
    return [amount] if before and verb == _choose_verb(before, digits) else [Part(f"{verb} "), amount]


def _describe_owners(owners: Sequence[str], changes: Sequence[PayChange], digits: int) -> list[Part]:
    """`nurses’ pay rose 26%, developers’ 13%`."""
    parts = [Part(f"{owners[0]} pay "), *_describe_change(changes[0], digits)]
    for owner, change, before in zip(owners[1:], changes[1:], changes, strict=False):
        parts += [Part(f", {owner} "), *_describe_change(change, digits, before)]
    return parts


def _describe_together(people: Sequence[str], changes: Sequence[PayChange], digits: int) -> list[Part]:
    """`rose 26% for nurses and 13% for people in sales`."""
    items = []
    for name, change, before in zip(people, changes, [None, *changes], strict=False):
        items.append([*_describe_change(change, digits, before), Part(f" for {name}")])
    return list_names_in_parts(items)


def _describe_apart(people: Sequence[str], changes: Sequence[PayChange]) -> list[Part]:
    """Describe each role over its own years, where the roles have too few in common."""
    parts: list[Part] = []
    for name, change in zip(people, changes, strict=True):
        start = "; that of " if parts else "Pay of "
        parts += [Part(f"{start}{name} "), *_describe_change(change, 0), Part(f" from {change.first} to {change.last}")]
    return parts
