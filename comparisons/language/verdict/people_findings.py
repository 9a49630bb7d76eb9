"""What a closed section on the people of the roles holds."""

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.parts import Finding, Part

_AGES = {"demographics.median_age": "median age", "demographics.average_age": "average age"}


def summarize_people(comparison: Comparison) -> Finding:
    """`Women, race and age: median age 42.3 and 38.6`; None where nothing is known of them."""
    keys = {line.row.key for line in comparison.section("people").lines if not line.empty}
    topics = ["women"] if "demographics.female_percent" in keys else []
    if any(map(_is_share_of_race, keys)):
        topics.append("race")
    ages = next((key for key in _AGES if key in keys), "")
    if ages:
        topics.append("age")
    if not topics:
        return None
    words = formats.listed(topics)
    line = comparison.line(ages) if ages else None
    if line and not any(cell.missing for cell in line.cells):
        texts = [cell.text for cell in line.cells]
        if line.same:
            texts = list(dict.fromkeys(texts))
        words += f": {_AGES[ages]} {formats.listed(texts)}"
    return (Part(words[:1].upper() + words[1:]),)


def _is_share_of_race(key: str) -> bool:
    return ".race." in key or (key.startswith("demographics.survey.") and key.endswith("_percent"))
