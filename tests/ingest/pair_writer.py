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


def dollars(amount: int) -> str:
    return f"${amount:,}"


def plain(number: Decimal | int) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else f"{number}"


def _blocks(entries: Iterable[tuple[str, Decimal | None]]) -> str | None:
    return " ".join(f"{label}, {share}%" for label, share in entries if share is not None) or None


def _of(key: str, form: Callable[[Any], str]) -> Callable[[Values], str | None]:
    return lambda values: None if values.get(key) is None else form(values[key])


def _range(values: Values) -> str | None:
    low, high = values.get("salary.annual_low"), values.get("salary.annual_high")
    return None if low is None or high is None else f"Between {dollars(low)} And {dollars(high)}"


def _degree(values: Values) -> str | None:
    name, percent = values.get("education.degree"), values.get("education.degree_percent")
    return None if name is None else f"{name}, {percent}%"


def _gender(values: Values) -> str | None:
    return _blocks((who, values.get(f"demographics.{who.lower()}_percent")) for who in ("Male", "Female"))


def _race(values: Values) -> str | None:
    return _blocks((label, values.get(f"demographics.race.{race}_percent")) for race, label in RACES.items())


_DEGREE = ("Most common degree", _degree)
_AGE = ("Average age", _of("demographics.average_age", str))
TABLES: dict[str, tuple[tuple[str, Callable[[Values], str | None]], ...]] = {
    "overview": (
        ("Yearly salary", _of("salary.annual_average", dollars)),
        ("Hourly rate", _of("salary.hourly_average", lambda rate: f"${rate:,}")),
        ("Growth rate", _of("outlook.growth_percent", lambda share: f"{plain(share)}%")),
        ("Number of jobs", _of("outlook.job_count", lambda count: f"{count:,}")),
        ("Job satisfaction", _of("outlook.satisfaction", plain)),
        _DEGREE,
        _AGE,
        ("Years of experience", _of("entry.years_of_experience", str)),
    ),
    "salary": (
        ("Average salary", _of("salary.annual_average", dollars)),
        ("Salary range", _range),
        ("Highest paying City", _of("salary.top_city", str)),
        ("Highest paying state", _of("salary.top_state", str)),
        ("Best paying company", _of("salary.top_company", str)),
        ("Best paying industry", _of("salary.top_industry", str)),
    ),
    "education": (
        _DEGREE,
        ("Most common major", _of("education.major", str)),
        ("Most common college", _of("education.college", str)),
    ),
    "demographics": (
        _AGE,
        ("Gender ratio", _gender),
        ("Race ratio", _race),
        ("LGBT Percentage", _of("demographics.lgbt_percent", lambda share: f"{share}%")),
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


def rows(content: PairContent, table: str) -> list[tuple[str, str, str]]:
    """The rows of one table: label, A's cell, B's cell."""
    a, b = (role.values for role in content.roles)
    return [(label, cell(a) or "-", cell(b) or "-") for label, cell in TABLES[table]]


# --- sentences ------------------------------------------------------------------------------------


def prose(title: str) -> str:
    return title.lower()


def with_article(title: str) -> str:
    low = prose(title)
    return f"{'an' if low[0] in 'aeiou' else 'a'} {low}"


_ODD_PLURALS = {"chief of staff": "chiefs of staff", "attorney": "attorneys", "foreman": "foremen"}


def plural(title: str) -> str:
    low = prose(title)
    if low in _ODD_PLURALS:
        return _ODD_PLURALS[low]
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return f"{low[:-1]}ies"
    return low if low.endswith("s") else f"{low}s"


def opening(content: PairContent) -> str:
    """The first line of prose: what differs, how long it takes, who earns more."""
    a, b = content.roles
    sentences = [
        f"The differences between {plural(a.title)} and {plural(b.title)} are told below.",
        "Each job has different responsibilities and duties.",
    ]
    if content.time:
        spans = [BANDS[role.values.get("entry.years_of_experience")][0] for role in content.roles]
        if spans[0] == spans[1]:
            who = f"{with_article(a.title)} and {with_article(b.title)}"
            sentences.append(f"It typically takes {spans[0]} to become both {who}.")
        else:
            sentences.append(
                f"While it typically takes {spans[0]} to become {with_article(a.title)}, "
                f"becoming {with_article(b.title)} takes usually requires {spans[1]}."
            )
    pays = [int(role.values["salary.annual_average"] or 0) for role in content.roles]
    if content.claim and all(pays):
        first, second = (a, b) if pays[0] >= pays[1] else (b, a)
        sentences.append(
            f"Additionally, {with_article(first.title)} has an average salary of "
            f"{dollars(max(pays))}, which is higher than the {dollars(min(pays))} "
            f"average annual salary of {with_article(second.title)}."
        )
    return " ".join(sentences)


def top_skills(content: PairContent) -> str | None:
    a, b = content.roles
    if not a.named or not b.named:
        return None
    *first, last = a.named
    *second, end = b.named
    return (
        f"The top three skills for {with_article(a.title)} include {', '.join(first)} and {last}. "
        f"The most important skills for {with_article(b.title)} are {', '.join(second)}, and {end}."
    )


def joining(content: PairContent, table: str) -> str | None:
    """The sentence that stands above a table."""
    a, b = content.roles
    if table == "salary":
        return f"{plural(a.title).capitalize()} and {plural(b.title)} have different pay scales, as shown below."
    if table == "education":
        return (
            f"There are a few differences between {with_article(a.title)} and {with_article(b.title)} "
            "in terms of educational background:"
        )
    if table == "demographics":
        return f"Here are the differences between {plural(a.title)}' and {plural(b.title)}' demographics:"
    return None


# --- pair pages -----------------------------------------------------------------------------------


def pipe(content: PairContent) -> str:
    """The layout with bars between the cells."""
    a, b = content.roles
    lines: list[str] = [*FURNITURE, opening(content), *filter(None, [top_skills(content)])]
    for table in content.tables:
        lines += filter(None, [joining(content, table)])
        lines.append(f"| {a.title} | {b.title} | |")
        lines += (f"| {label} | {first} | {second} |" for label, first, second in rows(content, table))
        if table == "overview":
            lines += filter(None, (role.summary for role in content.roles))
    return "\n".join(lines)


def run_together(content: PairContent) -> str:
    """The layout with headings and run-together cells."""
    a, b = content.roles
    first, second = prose(a.title), prose(b.title)
    versus = f"{first} vs {second}".capitalize()
    parts = ["Post job", versus, opening(content), *filter(None, [top_skills(content)])]
    for table in content.tables:
        heading = f"Differences between {first} and {second} education" if table == "education" else f"{versus} {table}"
        parts += filter(None, [heading, joining(content, table)])
        table_lines = [f"{a.title}{b.title}", *(label + one + other for label, one, other in rows(content, table))]
        parts.append("\n".join(table_lines))
        if table == "overview":
            for role in content.roles:
                if role.summary:
                    parts += [f"What does {with_article(role.title)} do?", role.summary]
    if any(role.duties for role in content.roles):
        parts.append(f"Differences between {first} and {second} duties and responsibilities")
    for role in content.roles:
        if role.duties:
            bullets = [*role.duties, *(["Show more"] if role.more else [])]
            parts.append(f"{prose(role.title).capitalize()} example responsibilities.")
            parts.append("\n".join(f"  • {text}" for text in bullets))
    skills = []
    for role in content.roles:
        if role.listed:
            skills.append(f"Common {prose(role.title)} skills")
            skills += (f"  • {name}, {percent}%" for name, percent in role.listed)
    if skills:
        parts += [f"{versus} skills", "\n".join(skills)]
    parts.append(f"Browse {content.group or 'other'} jobs")
    return "\n\n".join(parts)
