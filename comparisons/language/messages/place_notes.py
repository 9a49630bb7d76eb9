"""What pages say of the state that a reader chose: why figures are missing, how pay is adjusted for its prices."""

from careers.areas import in_area
from comparisons.language.messages.figure_origins import name_publisher
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.place import AdjustedPay
from comparisons.titles import capitalize, pluralize


def explain_no_state(typed: str) -> str:
    return f"No state or territory is called “{typed}”."


def explain_no_figures_by_state(role: CurrentRole, people: str = "", anyone: str = "") -> str:
    """Why the figures of a role are not those of the state that a reader chose; "" where they are.

    `people`: whom the sentence is about, if it is about more than this role; `anyone`: the same with “or”.
    """
    if role.area is None:
        return ""
    people = people or pluralize(role.name)
    country = f"Pay and jobs of {people} are those of the whole country"
    if role.soc_code is None:
        return f"{country}: their publisher has no figures by state."
    if "area_pay" not in role.list_sources:
        return f"{country}: no figures by state are stored for them."
    if any(entry.area == role.area for entry in role.area_pay):
        return ""
    source = role.list_sources["area_pay"]
    publisher = capitalize(name_publisher(source.publisher))
    return f"{publisher} publishes no figures for {anyone or people} {in_area(role.area)}, {source.release}."


def explain_adjusted_pay(pay: AdjustedPay) -> str:
    """How adjusted pay was computed, and what it does not know."""
    level = pay.level
    return (
        f"computed here: pay {pay.source.release} ({pay.source.publisher}) times 100, divided by the price level "
        f"{level.level} of {level.year} ({level.source.publisher}; the United States is 100). A state’s price level "
        "is one figure for everything, rent included"
    )
