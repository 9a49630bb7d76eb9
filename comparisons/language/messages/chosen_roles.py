"""The roles that somebody chose to compare, and why some of them, or the address, cannot be shown."""

from collections.abc import Sequence

from comparisons import formats
from comparisons.search.results import Match
from comparisons.search.uncounted import name_uncounted_work
from comparisons.titles import in_prose

ORDINALS = ("First role", "Second role", "Third role", "Fourth role")

VERSUS = " vs "


def list_separators(names: int) -> list[str]:
    """The punctuation or word after each name of a list.

    >>> list_separators(3), list_separators(1), list_separators(0)
    ([', ', ' and ', '.'], ['.'], [])
    """
    return [", "] * (names - 2) + [" and ", "."][-names:] if names else []


def ask_for_roles(matches: Sequence[Match]) -> str:
    """The first words of the form that asks which roles to compare."""
    if not matches:
        return "Type two titles, or what people call them."
    if len(matches) == 1 and matches[0].role:
        return f"Choose a second role to compare with {in_prose(matches[0].role.title)}."
    if all(match.role for match in matches):
        return ""
    return "Which roles do you mean?"


def explain_unknown(typed: Sequence[str]) -> str:
    if not typed:
        return "This address names no role."
    sentences = [f"No role is called {' or '.join(f'“{title}”' for title in typed)}."]
    sentences += dict.fromkeys(filter(None, map(explain_uncounted, typed)))
    return " ".join(sentences)


def explain_uncounted(typed: str) -> str:
    """Why nothing is found for work that the official wage table leaves out; "" for other texts.

    >>> explain_uncounted("fisherman"), explain_uncounted("nurse")
    ('The official wage table has no row for people who fish or hunt for a living.', '')
    """
    people = name_uncounted_work(typed)
    return f"The official wage table has no row for {people}." if people else ""


# What a page says when somebody compares a role with itself: with no other role, and beside others.
SAME_ROLE_TWICE = "Every row would be the same, so there is nothing to compare."
SAME_COLUMNS = "Its columns would be the same."
ONE_ROLE = "Names of one occupation"


def explain_names_of_one_role(typed: Sequence[str], title: str) -> str:
    """What a page says when two names that somebody compares mean one role.

    >>> explain_names_of_one_role(["data scientist", "data analyst"], "Data Scientists")
    '“data scientist” and “data analyst” are two names of one occupation here: data scientists.'
    """
    names = formats.listed([f"“{text}”" for text in typed])
    count = {2: "two", 3: "three", 4: "four"}.get(len(typed), "several")
    return f"{names} are {count} names of one occupation here: {in_prose(title)}."


def describe_count(count: int) -> str:
    return f"names {formats.counted(count, 'role')}"


def explain_too_many(count: int, most: int) -> str:
    return f"{count} roles are too many for one page: {most} can be read side by side."


def describe_slugs(most: int) -> str:
    return f"the slugs of 2 to {most} different roles with -vs- between them"


def explain_left_out(typed: Sequence[str], most: int) -> str:
    """What the page of a query says about the sides that it has no room for; "" for none.

    >>> explain_left_out(["welder", "cook"], 4), explain_left_out([], 4)
    ('“welder” and “cook” are left out: 4 roles can be read side by side.', '')
    """
    if not typed:
        return ""
    verb = "is" if len(typed) == 1 else "are"
    return f"{formats.listed([f'“{text}”' for text in typed])} {verb} left out: {most} roles can be read side by side."


def explain_no_publisher(slug: str) -> str:
    return f"No publisher is called “{slug}”."


def explain_no_group(name: str, publisher: str) -> str:
    return f"{publisher} has no occupation group called “{name}”."


def explain_no_major(cip: str) -> str:
    return f"No major with the code “{cip}” leads to an occupation."


def explain_no_skill(slug: str) -> str:
    return f"No role lists a skill called “{slug}”."


ONLY_READ = "Only GET and HEAD are answered."

NO_SUCH_ADDRESS = "The API has no such address; /api/openapi.json tells which it has."
