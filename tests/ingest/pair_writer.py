"""Facts -> the text of a pair page, with bars or with run-together cells: the reverse of parsing.

Nothing here is shared with the parsers, so that the two can disagree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Values = Mapping[str, Any]
FURNITURE = (
    "Explore jobs",
    "Find specific jobs",
    "Explore careers",
    "Explore professions",
    "Best companies",
    "Explore companies",
)
RACES = {
    "black": "Black or African American",
    "unknown": "Unknown",
    "hispanic": "Hispanic or Latino",
    "asian": "Asian",
    "white": "White",
    "native": "American Indian and Alaska Native",
}
# What a published number of years means: the words of the sentence, and months.
BANDS: dict[int | None, tuple[str, int, int | None]] = {
    2: ("1-2 years", 12, 24),
    4: ("2-4 years", 24, 48),
    6: ("4-6 years", 48, 72),
    8: ("6-8 years", 72, 96),
    10: ("8-10 years", 96, 120),
    12: ("6-12 months", 6, 12),
    None: ("more than 10 years", 120, None),
}


@dataclass(frozen=True, slots=True)
class RoleContent:
    """What a pair page says about one role. `values`: vocabulary key -> value; a missing key is `-`."""

    title: str
    values: Values
    summary: str | None = None
    named: tuple[str, ...] = ()  # three skills, of the sentence
    listed: tuple[tuple[str, int], ...] = ()  # skills with percent, as bullets
    duties: tuple[str, ...] = ()
    more: bool = False  # a "Show more" below the duties


@dataclass(frozen=True, slots=True)
class PairContent:
    """A pair page. `tables`: names of `TABLES`, in page order."""

    roles: tuple[RoleContent, RoleContent]
    tables: tuple[str, ...] = ("overview", "salary", "education", "demographics")
    time: bool = True  # the sentence on the time to become one
    claim: bool = True  # the sentence on average pay
    group: str | None = "computer and mathematical"


# --- cells --------------------------------------------------------------------------------------


def write_dollars(amount: int) -> str:
    return f"${amount:,}"


def write_plain(number: Decimal | int) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else f"{number}"


def _write_blocks(entries: Iterable[tuple[str, Decimal | None]]) -> str | None:
    return " ".join(f"{label}, {share}%" for label, share in entries if share is not None) or None


def _write_value_of(key: str, form: Callable[[Any], str]) -> Callable[[Values], str | None]:
    return lambda values: None if values.get(key) is None else form(values[key])


def _write_range(values: Values) -> str | None:
    low, high = values.get("salary.annual_low"), values.get("salary.annual_high")
    return None if low is None or high is None else f"Between {write_dollars(low)} And {write_dollars(high)}"


def _write_degree(values: Values) -> str | None:
    name, percent = values.get("education.degree"), values.get("education.degree_percent")
    return None if name is None else f"{name}, {percent}%"


def _write_gender(values: Values) -> str | None:
    return _write_blocks((who, values.get(f"demographics.{who.lower()}_percent")) for who in ("Male", "Female"))


def _write_race(values: Values) -> str | None:
    return _write_blocks((label, values.get(f"demographics.race.{race}_percent")) for race, label in RACES.items())


_DEGREE = ("Most common degree", _write_degree)
_AGE = ("Average age", _write_value_of("demographics.average_age", str))
TABLES: dict[str, tuple[tuple[str, Callable[[Values], str | None]], ...]] = {
    "overview": (
        ("Yearly salary", _write_value_of("salary.annual_average", write_dollars)),
        ("Hourly rate", _write_value_of("salary.hourly_average", lambda rate: f"${rate:,}")),
        ("Growth rate", _write_value_of("outlook.growth_percent", lambda share: f"{write_plain(share)}%")),
        ("Number of jobs", _write_value_of("outlook.job_count", lambda count: f"{count:,}")),
        ("Job satisfaction", _write_value_of("outlook.satisfaction", write_plain)),
        _DEGREE,
        _AGE,
        ("Years of experience", _write_value_of("entry.years_of_experience", str)),
    ),
    "salary": (
        ("Average salary", _write_value_of("salary.annual_average", write_dollars)),
        ("Salary range", _write_range),
        ("Highest paying City", _write_value_of("salary.top_city", str)),
        ("Highest paying state", _write_value_of("salary.top_state", str)),
        ("Best paying company", _write_value_of("salary.top_company", str)),
        ("Best paying industry", _write_value_of("salary.top_industry", str)),
    ),
    "education": (
        _DEGREE,
        ("Most common major", _write_value_of("education.major", str)),
        ("Most common college", _write_value_of("education.college", str)),
    ),
    "demographics": (
        _AGE,
        ("Gender ratio", _write_gender),
        ("Race ratio", _write_race),
        ("LGBT Percentage", _write_value_of("demographics.lgbt_percent", lambda share: f"{share}%")),
    ),
}
KEYS_OF_TABLES: dict[str, tuple[str, ...]] = {
    "overview": (
        "salary.annual_average",
        "salary.hourly_average",
        "outlook.growth_percent",
        "outlook.job_count",
        "outlook.satisfaction",
        "education.degree",
        "education.degree_percent",
        "demographics.average_age",
        "entry.years_of_experience",
    ),
    "salary": (
        "salary.annual_average",
        "salary.annual_low",
        "salary.annual_high",
        "salary.top_city",
        "salary.top_state",
        "salary.top_company",
        "salary.top_industry",
    ),
    "education": ("education.degree", "education.degree_percent", "education.major", "education.college"),
    "demographics": (
        "demographics.average_age",
        "demographics.male_percent",
        "demographics.female_percent",
        *(f"demographics.race.{race}_percent" for race in RACES),
        "demographics.lgbt_percent",
    ),
}


def list_rows(content: PairContent, table: str) -> list[tuple[str, str, str]]:
    """The rows of one table: label, A's cell, B's cell."""
    a, b = (role.values for role in content.roles)
    return [(label, cell(a) or "-", cell(b) or "-") for label, cell in TABLES[table]]


# --- sentences ------------------------------------------------------------------------------------


def write_prose(title: str) -> str:
    return title.lower()


def add_article(title: str) -> str:
    low = write_prose(title)
    return f"{'an' if low[0] in 'aeiou' else 'a'} {low}"


_ODD_PLURALS = {"chief of staff": "chiefs of staff", "attorney": "attorneys", "foreman": "foremen"}


def make_plural(title: str) -> str:
    low = write_prose(title)
    if low in _ODD_PLURALS:
        return _ODD_PLURALS[low]
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return f"{low[:-1]}ies"
    return low if low.endswith("s") else f"{low}s"


def write_opening(content: PairContent) -> str:
    """The first line of prose: what differs, how long it takes, who earns more."""
    a, b = content.roles
    sentences = [
        f"The differences between {make_plural(a.title)} and {make_plural(b.title)} are told below.",
        "Each job has different responsibilities and duties.",
    ]
    if content.time:
        spans = [BANDS[role.values.get("entry.years_of_experience")][0] for role in content.roles]
        if spans[0] == spans[1]:
            who = f"{add_article(a.title)} and {add_article(b.title)}"
            sentences.append(f"It typically takes {spans[0]} to become both {who}.")
        else:
            sentences.append(
                f"While it typically takes {spans[0]} to become {add_article(a.title)}, "
                f"becoming {add_article(b.title)} takes usually requires {spans[1]}."
            )
    pays = [int(role.values["salary.annual_average"] or 0) for role in content.roles]
    if content.claim and all(pays):
        first, second = (a, b) if pays[0] >= pays[1] else (b, a)
        sentences.append(
            f"Additionally, {add_article(first.title)} has an average salary of "
            f"{write_dollars(max(pays))}, which is higher than the {write_dollars(min(pays))} "
            f"average annual salary of {add_article(second.title)}."
        )
    return " ".join(sentences)


def write_top_skills(content: PairContent) -> str | None:
    a, b = content.roles
    if not a.named or not b.named:
        return None
    *first, last = a.named
    *second, end = b.named
    return (
        f"The top three skills for {add_article(a.title)} include {', '.join(first)} and {last}. "
        f"The most important skills for {add_article(b.title)} are {', '.join(second)}, and {end}."
    )


def write_joining(content: PairContent, table: str) -> str | None:
    """The sentence that stands above a table."""
    a, b = content.roles
    if table == "salary":
        return (
            f"{make_plural(a.title).capitalize()} and {make_plural(b.title)} have different pay scales, as shown below."
        )
    if table == "education":
        return (
            f"There are a few differences between {add_article(a.title)} and {add_article(b.title)} "
            "in terms of educational background:"
        )
    if table == "demographics":
        return f"Here are the differences between {make_plural(a.title)}' and {make_plural(b.title)}' demographics:"
    return None


# --- pair pages -----------------------------------------------------------------------------------


def write_pipe(content: PairContent) -> str:
    """The layout with bars between the cells."""
    a, b = content.roles
    lines: list[str] = [*FURNITURE, write_opening(content), *filter(None, [write_top_skills(content)])]
    for table in content.tables:
        lines += filter(None, [write_joining(content, table)])
        lines.append(f"| {a.title} | {b.title} | |")
        lines += (f"| {label} | {first} | {second} |" for label, first, second in list_rows(content, table))
        if table == "overview":
            lines += filter(None, (role.summary for role in content.roles))
    return "\n".join(lines)


def run_together(content: PairContent) -> str:
    """The layout with headings and run-together cells."""
    a, b = content.roles
    first, second = write_prose(a.title), write_prose(b.title)
    versus = f"{first} vs {second}".capitalize()
    parts = ["Post job", versus, write_opening(content), *filter(None, [write_top_skills(content)])]
    for table in content.tables:
        heading = f"Differences between {first} and {second} education" if table == "education" else f"{versus} {table}"
        parts += filter(None, [heading, write_joining(content, table)])
        table_lines = [f"{a.title}{b.title}", *(label + one + other for label, one, other in list_rows(content, table))]
        parts.append("\n".join(table_lines))
        if table == "overview":
            for role in content.roles:
                if role.summary:
                    parts += [f"What does {add_article(role.title)} do?", role.summary]
    if any(role.duties for role in content.roles):
        parts.append(f"Differences between {first} and {second} duties and responsibilities")
    for role in content.roles:
        if role.duties:
            bullets = [*role.duties, *(["Show more"] if role.more else [])]
            parts.append(f"{write_prose(role.title).capitalize()} example responsibilities.")
            parts.append("\n".join(f"  • {text}" for text in bullets))
    skills = []
    for role in content.roles:
        if role.listed:
            skills.append(f"Common {write_prose(role.title)} skills")
            skills += (f"  • {name}, {percent}%" for name, percent in role.listed)
    if skills:
        parts += [f"{versus} skills", "\n".join(skills)]
    parts.append(f"Browse {content.group or 'other'} jobs")
    return "\n\n".join(parts)
