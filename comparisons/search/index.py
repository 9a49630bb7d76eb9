"""The table of words, asked: which words begin like what is typed or are near it, and which roles they find.

Each question is one statement and looks at a bounded number of rows, whatever is stored: a range of the index on
(word, rank) begins with the best roles of a word. SQLite and PostgreSQL are asked the same. Django would take longer to
put such a statement together than both take to answer it.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from careers.models import Citation, Publisher, Role, SalaryStats, TitleWord, Word
from careers.search_words import FIRST, FIRST_LETTERS, INITIALS, WHOLE

# What no word goes beyond that begins with the text before it.
_END = "\U0010ffff"
# A beginning stands for so many words, those of most roles.
MOST_MEANINGS = 8
# So often a role of the rarest typed word is asked whether it has another word, too.
MOST_ASKED = 800
# Of so many words it is counted what they share with a mistyped one, and so many are compared letter by letter.
MOST_NEAR, MOST_EXCHANGED, MOST_COMPARED, MOST_CORRECTIONS = 160, 40, 12, 4
# How alike a word must be to stand for another one; two errors in a word of eight letters are too many.
NEAR_WORD = 0.75
# Of the ways in which a role is found the best counts: each stands so far before the next, further than ranks go.
_STEP = 2000
_BY_TITLE, _BY_INITIALS, _BY_BEGINNING, _BY_WORD, _BY_BEGUN_WORD, _BY_ONE_WORD = range(0, 6 * _STEP, _STEP)
ALL_WORDS = _BY_BEGUN_WORD // _STEP

_TITLE_WORDS, _WORDS, _ROLES = TitleWord._meta.db_table, Word._meta.db_table, Role._meta.db_table
_SALARIES, _CITATIONS, _PUBLISHERS = SalaryStats._meta.db_table, Citation._meta.db_table, Publisher._meta.db_table

Part = tuple[str, list[str]]  # SQL and its parameters


class Typed(NamedTuple):
    """One typed word: the stored words that it can mean. `ways`: the condition that says the same of a word `o` of
    the role `d`."""

    word: str
    meanings: tuple[str, ...]
    roles: int
    ways: Part

    @property
    def short(self) -> bool:
        return len(self.word) <= FIRST_LETTERS


class Hit(NamedTuple):
    """A role that was found. `way`: by its whole title 0, its initials 1, how it begins 2, a whole word 3, all words
    in another way 4, one of them alone from 5 on.
    `annual_average` and `publisher` are of its current pay."""

    way: int
    title: str
    slug: str
    key: str
    occupation: bool
    annual_average: int | None
    publisher: str


# -- Words ----------------------------------------------------------------------------------------------------


def meanings(beginnings: Sequence[str]) -> list[Typed]:
    """For each typed word the stored ones that begin with it, those of most roles first, and initials equal to it."""
    parts, parameters = [], []
    for place, typed in enumerate(beginnings):
        parts.append(f"SELECT {place}, word, roles FROM {_WORDS} WHERE word IN (%s, %s)")
        # Too many words begin with one letter or two to be counted: it is enough to know that there are some.
        most = "LIMIT 1" if len(typed) <= FIRST_LETTERS else f"ORDER BY roles DESC LIMIT {MOST_MEANINGS}"
        found = f"SELECT word, roles FROM {_WORDS} WHERE word >= %s AND word < %s {most}"
        parts.append(f"SELECT {place}, word, roles FROM ({found}) AS begun{place}")
        parameters += [typed, INITIALS + typed, typed, typed + _END]
        if len(typed) == FIRST_LETTERS:  # "hr" of human resources managers
            found = f"SELECT word, roles FROM {_WORDS} WHERE word >= %s AND word < %s ORDER BY roles DESC LIMIT 3"
            parts.append(f"SELECT {place}, word, roles FROM ({found}) AS short{place}")
            parameters += [INITIALS + typed, INITIALS + typed + _END]
    rows: list[dict[str, int]] = [{} for _ in beginnings]
    for place, word, roles in _ask(" UNION ALL ".join(parts), parameters):
        rows[place][word] = roles
    return [
        Typed(word, tuple(found), sum(found.values()), _ways(word, found))
        for word, found in zip(beginnings, rows, strict=True)
    ]


def _ways(word: str, found: Iterable[str]) -> Part:
    """A range of the index on (role, word); initials are asked for only where there are such.

    Role and word are compared together, though the role is known: else PostgreSQL, which takes the roles of any range
    of words for few, goes through all of them by the other index, once for each role that is asked about.
    """
    begun = "(o.role_id, o.word) >= (d.role_id, %s) AND (o.role_id, o.word) < (d.role_id, %s)", [word, word + _END]
    short = [each for each in found if each.startswith(INITIALS)]
    return (f"({begun[0]} OR o.word IN ({_marks(short)}))", [*begun[1], *short]) if short else begun


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def corrected(typed: Sequence[Typed]) -> list[Typed]:
    """Those that no stored word begins with, each with the words near it.

    Looked at are words of the same first letter: before others the ones that are of near length and have the same two,
    then those of which one is true, and of these those of most roles, for a word may not be typed to its end. Words
    that begin with these two letters exchanged are looked at, too.
    """
    wrong = [each for each in typed if not each.meanings and _correctable(each.word)]
    if not wrong:
        return list(typed)
    parts: list[str] = []
    parameters: list[str] = []
    for place, each in enumerate(wrong):
        fewest, first, two = len(each.word) - 1, each.word[0], each.word[:2]
        length, begun = f"length(word) BETWEEN {fewest} AND {fewest + 2}", "word >= %s AND word < %s"
        near = f"SELECT word, roles FROM {_WORDS} WHERE {begun} AND length(word) >= {fewest}"
        likely = f"CASE WHEN {length} AND {begun} THEN 0 WHEN {length} OR {begun} THEN 1 ELSE 2 END, roles DESC"
        for bounds, order, most in (
            ((first, two, two), likely, MOST_NEAR),
            ((two[::-1],), "roles DESC", MOST_EXCHANGED),
        ):
            found = f"{near} ORDER BY {order} LIMIT {most}"
            parts.append(f"SELECT {place}, word, roles FROM ({found}) AS near{len(parts)}")
            parameters += [value for bound in bounds for value in (bound, bound + _END)]
    rows: list[dict[str, int]] = [{} for _ in wrong]
    for place, word, roles in _ask(" UNION ALL ".join(parts), parameters):
        rows[place][word] = roles
    right = {each.word: likest(each.word, words) for each, words in zip(wrong, rows, strict=True)}
    return [_standing_for(each, right[each.word]) if each.word in right else each for each in typed]


def _correctable(word: str) -> bool:
    return len(word) > FIRST_LETTERS and not any(letter.isdigit() for letter in word)


def likest(typed: str, words: dict[str, int]) -> list[str]:
    """Word -> how many roles it finds; those much like the typed one or as its beginning, the likest first.

    >>> likest("tecni", {"technician": 9, "teacher": 5, "tech": 1})
    ['technician']
    """
    pairs = list(map("".join, pairwise(typed)))

    def unlike(word: str) -> tuple[int, int]:
        return -sum(map(word[: len(typed) + 1].__contains__, pairs)), abs(len(word) - len(typed))

    shared = sorted(words, key=unlike)
    matcher = SequenceMatcher(None, "", typed, autojunk=False)
    found = []
    for word in shared[:MOST_COMPARED]:
        matcher.set_seq1(word[: len(typed) + 1])  # it may not be typed to its end
        if (alike := matcher.ratio()) >= NEAR_WORD:
            found.append((-round(alike, 2), -words[word], word))
    return [word for *_, word in sorted(found)[:MOST_CORRECTIONS]]


def _standing_for(typed: Typed, words: Sequence[str]) -> Typed:
    ways = f"o.word IN ({_marks(words)})", list(words)
    return typed._replace(meanings=tuple(words), roles=len(words), ways=ways)


# -- Roles ----------------------------------------------------------------------------------------------------


def having_all(typed: Sequence[Typed], title: str, most: int, *, or_any: bool = False) -> list[Hit]:
    """Roles that have each typed word, the best first; `title`: the words as they were typed, in that order.
    `or_any`: after them roles that have one.

    The words must have meanings all. Of the rarest the best roles are looked at, so where many thousand roles have each
    of the words and few have both, some of these few can be missed.
    """
    parts = [
        (f"SELECT role_id, rank + {_BY_TITLE} AS rank FROM {_TITLE_WORDS} WHERE word = %s", [WHOLE + title]),
        _first(_BY_BEGINNING, FIRST + title, most) if len(title) <= FIRST_LETTERS else _begun(WHOLE + title, most),
    ]
    if len(typed) == 1:
        parts += [_first(_offset(each, typed[0]), each, _share(each, most)) for each in typed[0].meanings]
        return _roles(parts, most)
    long = [each for each in typed if not each.short]
    rarest = min(long, key=lambda each: each.roles) if long else None
    drivers = [rarest] if rarest else typed[:2]
    for driver in drivers:
        others = sorted((each for each in typed if each is not driver), key=lambda each: (each.short, each.roles))
        words = driver.meanings if rarest else (FIRST + driver.word, driver.word)
        bound = MOST_ASKED // (len(words) * len(others) * len(drivers))
        parts += [_first(_BY_BEGUN_WORD, word, bound, others, most) for word in words]
    if or_any:
        parts += _any(typed, most)
    return _roles(parts, most)


def having_any(typed: Iterable[Typed], most: int) -> list[Hit]:
    """Roles that have one of the two rarest words at least."""
    return _roles(_any(typed, most), most)


def _any(typed: Iterable[Typed], most: int) -> list[Part]:
    rarest = sorted(typed, key=lambda each: (each.short, each.roles))[:2]
    return [
        _first(_BY_ONE_WORD + _STEP * place, word, most)
        for place, each in enumerate(rarest)
        for word in each.meanings[:MOST_CORRECTIONS]
    ]


def _offset(meaning: str, typed: Typed) -> int:
    return _BY_INITIALS if meaning == INITIALS + typed.word else _BY_WORD if meaning == typed.word else _BY_BEGUN_WORD


def _share(meaning: str, most: int) -> int:
    """Two letters are the initials of so many titles that they would leave no room for others."""
    return 3 if meaning.startswith(INITIALS) and len(meaning) <= 3 else most


def _begun(beginning: str, most: int) -> Part:
    found = f"SELECT role_id, rank FROM {_TITLE_WORDS} WHERE word >= %s AND word < %s ORDER BY word LIMIT {most}"
    return f"SELECT role_id, rank + {_BY_BEGINNING} AS rank FROM ({found}) AS begun", [beginning, beginning + _END]


def _first(offset: int, word: str, bound: int, others: Sequence[Typed] = (), most: int = 0) -> Part:
    """The first so many roles of a word; of these as many as are wanted that have the other words.

    The others are asked for role by role: as a join PostgreSQL would read all that they find.
    """
    found = f"SELECT role_id, rank FROM {_TITLE_WORDS} WHERE word = %s ORDER BY rank, role_id LIMIT {bound}"
    of_role = f"(SELECT 1 FROM {_TITLE_WORDS} AS o WHERE o.role_id = d.role_id AND {{}} LIMIT 1) IS NOT NULL"
    conditions = " AND ".join(of_role.format(each.ways[0]) for each in others)
    where = f" WHERE {conditions} LIMIT {most}" if others else ""
    parameters = [word, *(value for each in others for value in each.ways[1])]
    return f"SELECT role_id, rank + {offset} AS rank FROM ({found}) AS d{where}", parameters


def _roles(parts: Sequence[Part], most: int) -> list[Hit]:
    ways = " UNION ALL ".join(
        f"SELECT role_id, rank FROM ({part}) AS way{place}" for place, (part, _) in enumerate(parts)
    )
    best = f"SELECT role_id, MIN(rank) AS rank FROM ({ways}) AS ways GROUP BY role_id ORDER BY 2, 1 LIMIT {most}"
    statement = f"""
        SELECT best.rank, r.title, r.slug, r.key, r.soc_code IS NOT NULL, s.annual_average, p.name
        FROM ({best}) AS best JOIN {_ROLES} AS r ON r.id = best.role_id
        LEFT JOIN {_SALARIES} AS s ON s.id = r.salary_id
        LEFT JOIN {_CITATIONS} AS c ON c.id = COALESCE(s.citation_id, r.skills_citation_id, r.duties_citation_id)
        LEFT JOIN {_PUBLISHERS} AS p ON p.id = c.publisher_id
        ORDER BY best.rank, r.key"""
    rows = _ask(statement, [value for _, parameters in parts for value in parameters])
    return [
        Hit(rank // _STEP, title, slug, key, bool(soc), pay, name or "")
        for rank, title, slug, key, soc, pay, name in rows
    ]


def _ask(statement: str, parameters: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
