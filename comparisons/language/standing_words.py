"""What a page says of where a reader's own pay would stand beside that of each role.

The sentence itself is the script's, because what a reader earns never leaves the browser.
"""

from collections.abc import Sequence

from comparisons.comparison import Cell, Side
from comparisons.language.parts import Part, name_all_people

LABELS = {"annual": "Your own pay a year, in dollars", "hourly": "Your own pay an hour, in dollars"}
# Percent of people -> what they are called.
PARTS = {10: "tenth", 25: "quarter", 50: "half", 75: "three quarters", 90: "nine tenths"}


def how(cells: Sequence[Cell], steps: bool, ranges: bool) -> str:
    """How the sentence is worked out. `cells`: the pay that it uses. `steps`, `ranges`: any role has steps of pay, or
    only a range."""
    sources = dict.fromkeys([cell.origins[0].source.short for cell in cells])
    sentences = ["What you earn stays in your browser: it is not in the address and never sent."]
    if steps:
        sentences.append("Shares between two published steps of pay are read off a straight line.")
    if ranges:
        sentences.append("A range does not say how many people earn less or more than that.")
    return " ".join([*sentences, f"Pay: {'; '.join(sources)}."])


def write_without(sides: Sequence[Side], time: str) -> list[Part]:
    """Whose pay cannot be stood beside; nothing where everybody's can."""
    if not sides:
        return []
    kind = "by the year" if time == "annual" else "by the hour"
    return [Part("No steps or range of pay "), Part(f"{kind} are published for "), *name_all_people(sides), Part(".")]
