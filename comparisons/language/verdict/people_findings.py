"""What a closed section on the people of the roles holds."""

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.parts import Finding, Part

_AGES = {"demographics.median_age": "median age", "demographics.average_age": "average age"}


def summarize_people(comparison: Comparison) -> Finding:
    """`Women, race and age: median age 42.3 and 38.6`; None where nothing is known of them."""
    keys = {line.row.key for line in comparison.sections["people"].lines if not line.empty}
    age_key = next((key for key in _AGES if key in keys), "")
    topics = []
    if "demographics.female_percent" in keys:
        topics.append("women")
    of_survey = [key for key in keys if key.startswith("demographics.survey.") and key.endswith("_percent")]
    if of_survey or any(".race." in key for key in keys):
        topics.append("race")
    if age_key:
        topics.append("age")
    if not topics:
        return None
    words = formats.listed(topics) + (_list_ages(comparison, age_key) if age_key else "")
    return (Part(words[:1].upper() + words[1:]),)


def _list_ages(comparison: Comparison, key: str) -> str:
    """The age of each role, or once what all have; "" unless all are known."""
    line = comparison.complete.get(key)
    if line is None:
        return ""
    texts = [cell.text for cell in line.cells]
    if line.same:
        texts = list(dict.fromkeys(texts))
    return f": {_AGES[key]} {formats.listed(texts)}"
