"""SQL for the table of words: which words begin like what is typed or are similar, and which roles they find.

Each question is one statement that looks at a bounded number of rows, however much is stored: an index range on (word,
rank) begins with the best roles of a word. The SQL is the same for SQLite and PostgreSQL. Django would take longer to
put such a statement together than the database takes to answer it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from careers.models import Citation, Publisher, Role, SalaryStats, TitleWord, Word
from careers.search_words import FIRST, FIRST_LETTERS, INITIALS, WHOLE

# Follows every word that begins with the text before it.
_END = "\U0010ffff"
# A beginning stands for at most so many words, those of most roles.
MOST_MEANINGS = 8
# How many roles of the rarest typed word are asked whether they have another word too.
MOST_ASKED = 800
# A mistyped word is compared with so many words by shared letters, or so many with its first two letters exchanged;
# of these so many are compared letter by letter, and so many corrections are kept.
MOST_NEAR, MOST_EXCHANGED, MOST_COMPARED, MOST_CORRECTIONS = 160, 40, 12, 4
# From this ratio on a word can stand for another; two errors in a word of eight letters are too many.
NEAR_WORD = 0.75
# Of the ways to find a role the best counts. They are numbered in steps larger than any rank.
_STEP = 2000
_BY_TITLE, _BY_INITIALS, _BY_BEGINNING, _BY_WORD, _BY_BEGUN_WORD, _BY_ONE_WORD = range(0, 6 * _STEP, _STEP)
ALL_WORDS = _BY_BEGUN_WORD // _STEP

_TITLE_WORDS, _WORDS, _ROLES = TitleWord._meta.db_table, Word._meta.db_table, Role._meta.db_table
_SALARIES, _CITATIONS, _PUBLISHERS = SalaryStats._meta.db_table, Citation._meta.db_table, Publisher._meta.db_table

Statement = tuple[str, list[str]]  # SQL and its parameters


class TypedWord(NamedTuple):
    """One typed word and the stored words that it can mean. `condition`: the SQL condition that a word `o` of the role
    `d` is one of them. `roles`: how many roles they find."""

    text: str
    meanings: tuple[str, ...]
    roles: int
    condition: Statement
    is_corrected: bool = False

    @property
    def is_short(self) -> bool:
        return len(self.text) <= FIRST_LETTERS


class Hit(NamedTuple):
    """A role that was found. `way`: 0 by its whole title, 1 its initials, 2 its beginning, 3 a whole word, 4 all words
    in another way, from 5 on by one of several words. `annual_average` and `publisher` are those of its current pay.
    `figures_of`: the first day of the month that it is of, if that is known; `captured_on`: when its page was saved."""

    way: int
    title: str
    slug: str
    key: str
    occupation: bool
    annual_average: int | None
    publisher: str
    figures_of: date | None = None
    captured_on: date | None = None


# -- Words ----------------------------------------------------------------------------------------------------


def look_up_words(texts: Sequence[str]) -> list[TypedWord]:
    """For each text the stored words that begin with it, those of most roles first, and initials equal to it."""
    parts: list[str] = []
    parameters: list[str] = []
    for place, text in enumerate(texts):
        parts.append(f"SELECT {place}, word, roles FROM {_WORDS} WHERE word IN (%s, %s)")
        # Too many words begin with one letter or two to be counted: it is enough to know that there are some.
        order = "LIMIT 1" if len(text) <= FIRST_LETTERS else f"ORDER BY roles DESC LIMIT {MOST_MEANINGS}"
        begun = f"SELECT word, roles FROM {_WORDS} WHERE word >= %s AND word < %s {order}"
        parts.append(f"SELECT {place}, word, roles FROM ({begun}) AS begun{place}")
        parameters += [text, INITIALS + text, text, text + _END]
        if len(text) == FIRST_LETTERS:  # "hr" for human resources managers
            begun = f"SELECT word, roles FROM {_WORDS} WHERE word >= %s AND word < %s ORDER BY roles DESC LIMIT 3"
            parts.append(f"SELECT {place}, word, roles FROM ({begun}) AS short{place}")
            parameters += [INITIALS + text, INITIALS + text + _END]
    typed = []
    for text, roles in zip(texts, _read_words(parts, parameters, len(texts)), strict=True):
        typed.append(TypedWord(text, tuple(roles), sum(roles.values()), _condition(text, roles)))
    return typed


def _read_words(parts: Sequence[str], parameters: Sequence[str], count: int) -> list[dict[str, int]]:
    """For each place from 0 to `count`: word -> number of roles."""
    by_place: list[dict[str, int]] = [{} for _ in range(count)]
    for place, word, roles in _read_rows(" UNION ALL ".join(parts), parameters):
        by_place[place][word] = roles
    return by_place


def _condition(text: str, meanings: Iterable[str]) -> Statement:
    """An index range on (role, word); initials are looked for only where there are any.

    Role and word are compared together although the role is known. Otherwise PostgreSQL, which expects few roles in
    any range of words, would go through all of them by the other index, once for each role.
    """
    begun = "(o.role_id, o.word) >= (d.role_id, %s) AND (o.role_id, o.word) < (d.role_id, %s)"
    initials = [word for word in meanings if word.startswith(INITIALS)]
    if not initials:
        return begun, [text, text + _END]
    return f"({begun} OR o.word IN ({_marks(initials)}))", [text, text + _END, *initials]


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def correct_words(typed: Sequence[TypedWord]) -> list[TypedWord]:
    """Gives each word that no stored word begins with the words that are similar to it.

    Candidates have the same first letter. Those of similar length with the same first two letters come first, then
    those with one of these properties, and of equals those of most roles, for a word may not be typed to its end.
    Words that begin with the two letters exchanged are candidates too.
    """
    wrong = [word.text for word in typed if not word.meanings and _is_correctable(word.text)]
    if not wrong:
        return list(typed)
    parts: list[str] = []
    parameters: list[str] = []
    for place, text in enumerate(wrong):
        for sql, bounds in _candidates(text):
            parts.append(f"SELECT {place}, word, roles FROM ({sql}) AS near{len(parts)}")
            for bound in bounds:
                parameters += [bound, bound + _END]
    by_place = _read_words(parts, parameters, len(wrong))
    corrections = dict(zip(wrong, by_place, strict=True))
    return [_correct(word, corrections[word.text]) if word.text in corrections else word for word in typed]


def _candidates(text: str) -> list[Statement]:
    """Two statements, each with the beginnings of words whose bounds are its parameters."""
    fewest, first, first_two = len(text) - 1, text[0], text[:2]
    similar_length = f"length(word) BETWEEN {fewest} AND {fewest + 2}"
    begun = "word >= %s AND word < %s"
    likely = f"CASE WHEN {similar_length} AND {begun} THEN 0 WHEN {similar_length} OR {begun} THEN 1 ELSE 2 END"
    select = f"SELECT word, roles FROM {_WORDS} WHERE {begun} AND length(word) >= {fewest}"
    return [
        (f"{select} ORDER BY {likely}, roles DESC LIMIT {MOST_NEAR}", [first, first_two, first_two]),
        (f"{select} ORDER BY roles DESC LIMIT {MOST_EXCHANGED}", [first_two[::-1]]),
    ]


def _is_correctable(word: str) -> bool:
    return len(word) > FIRST_LETTERS and not any(letter.isdigit() for letter in word)


def likest_words(text: str, words: dict[str, int]) -> list[str]:
    """Words that are similar to the text or begin like it, the likest first. `words`: word -> how many roles it finds.

    >>> likest_words("tecni", {"technician": 9, "teacher": 5, "tech": 1})
    ['technician']
    """
    pairs = list(map("".join, pairwise(text)))

    def unlikeness(word: str) -> tuple[int, int]:
        beginning = word[: len(text) + 1]
        return -sum(pair in beginning for pair in pairs), abs(len(word) - len(text))

    matcher = SequenceMatcher(None, "", text, autojunk=False)
    likest = []
    for word in sorted(words, key=unlikeness)[:MOST_COMPARED]:
        matcher.set_seq1(word[: len(text) + 1])  # the text may not be typed to its end
        ratio = matcher.ratio()
        if ratio >= NEAR_WORD:
            likest.append((-round(ratio, 2), -words[word], word))
    return [word for *_, word in sorted(likest)[:MOST_CORRECTIONS]]


def _correct(typed: TypedWord, candidates: dict[str, int]) -> TypedWord:
    words = likest_words(typed.text, candidates)
    condition = f"o.word IN ({_marks(words)})", list(words)
    return TypedWord(typed.text, tuple(words), len(words), condition, is_corrected=True)


# -- Roles ----------------------------------------------------------------------------------------------------


def having_all(typed: Sequence[TypedWord], title: str, most: int, *, or_any: bool = False) -> list[Hit]:
    """Roles that have each typed word, the best first; with `or_any` followed by roles that have one of them.

    `title`: the words in the order typed. Each word must have meanings. Only the best roles of the rarest word are
    looked at, so where many thousand roles have each word and few have both, some of these few can be missed.
    """
    statements = [
        (f"SELECT role_id, rank + {_BY_TITLE} AS rank FROM {_TITLE_WORDS} WHERE word = %s", [WHOLE + title]),
        _first_roles(_BY_BEGINNING, FIRST + title, most) if len(title) <= FIRST_LETTERS else _begun(title, most),
    ]
    if len(typed) == 1:
        for meaning in typed[0].meanings:
            statements.append(_first_roles(_way(meaning, typed[0]), meaning, _share(meaning, most)))
        return _read_roles(statements, most)
    statements += _with_all_words(typed, most)
    if or_any:
        statements += _with_any_word(typed, most)
    return _read_roles(statements, most)


def _with_all_words(typed: Sequence[TypedWord], most: int) -> list[Statement]:
    """Reads the roles of the rarest long word, or of the first two words where all are short."""
    long = [word for word in typed if not word.is_short]
    drivers = [min(long, key=lambda word: word.roles)] if long else typed[:2]
    statements = []
    for driver in drivers:
        others = sorted([word for word in typed if word is not driver], key=_rarity)
        meanings = driver.meanings if long else (FIRST + driver.text, driver.text)
        bound = MOST_ASKED // (len(meanings) * len(others) * len(drivers))
        statements += [_first_roles(_BY_BEGUN_WORD, meaning, bound, others, most) for meaning in meanings]
    return statements


def _rarity(word: TypedWord) -> tuple[bool, int]:
    return word.is_short, word.roles


def having_any(typed: Iterable[TypedWord], most: int) -> list[Hit]:
    """Roles that have at least one of the two rarest words."""
    return _read_roles(_with_any_word(typed, most), most)


def _with_any_word(typed: Iterable[TypedWord], most: int) -> list[Statement]:
    statements = []
    for place, word in enumerate(sorted(typed, key=_rarity)[:2]):
        for meaning in word.meanings[:MOST_CORRECTIONS]:
            statements.append(_first_roles(_BY_ONE_WORD + _STEP * place, meaning, most))
    return statements


def _way(meaning: str, typed: TypedWord) -> int:
    if meaning == INITIALS + typed.text:
        return _BY_INITIALS
    return _BY_WORD if meaning == typed.text else _BY_BEGUN_WORD


def _share(meaning: str, most: int) -> int:
    """Two letters are the initials of so many titles that they would leave no room for others."""
    return 3 if meaning.startswith(INITIALS) and len(meaning) <= 3 else most


def _begun(title: str, most: int) -> Statement:
    begun = f"SELECT role_id, rank FROM {_TITLE_WORDS} WHERE word >= %s AND word < %s ORDER BY word LIMIT {most}"
    bounds = [WHOLE + title, WHOLE + title + _END]
    return f"SELECT role_id, rank + {_BY_BEGINNING} AS rank FROM ({begun}) AS begun", bounds


def _first_roles(way: int, word: str, bound: int, others: Sequence[TypedWord] = (), most: int = 0) -> Statement:
    """The first `bound` roles of a word; with `others`, up to `most` of them that have the other words too.

    The other words are looked up role by role: with a join PostgreSQL would read all roles of theirs.
    """
    first = f"SELECT role_id, rank FROM {_TITLE_WORDS} WHERE word = %s ORDER BY rank, role_id LIMIT {bound}"
    conditions = []
    parameters = [word]
    for other in others:
        sql, values = other.condition
        exists = f"SELECT 1 FROM {_TITLE_WORDS} AS o WHERE o.role_id = d.role_id AND {sql} LIMIT 1"
        conditions.append(f"({exists}) IS NOT NULL")
        parameters += values
    where = f" WHERE {' AND '.join(conditions)} LIMIT {most}" if others else ""
    return f"SELECT role_id, rank + {way} AS rank FROM ({first}) AS d{where}", parameters


def _read_roles(statements: Sequence[Statement], most: int) -> list[Hit]:
    ways = []
    parameters: list[str] = []
    for place, (sql, values) in enumerate(statements):
        ways.append(f"SELECT role_id, rank FROM ({sql}) AS way{place}")
        parameters += values
    every = " UNION ALL ".join(ways)
    best = f"SELECT role_id, MIN(rank) AS rank FROM ({every}) AS ways GROUP BY role_id ORDER BY 2, 1 LIMIT {most}"
    statement = f"""
        SELECT best.rank, r.title, r.slug, r.key, r.soc_code IS NOT NULL, s.annual_average, p.name,
            c.figures_of, c.captured_on
        FROM ({best}) AS best JOIN {_ROLES} AS r ON r.id = best.role_id
        LEFT JOIN {_SALARIES} AS s ON s.id = r.salary_id
        LEFT JOIN {_CITATIONS} AS c ON c.id = COALESCE(s.citation_id, r.skills_citation_id, r.duties_citation_id)
        LEFT JOIN {_PUBLISHERS} AS p ON p.id = c.publisher_id
        ORDER BY best.rank, r.key"""
    hits = []
    for rank, title, slug, key, soc_code, pay, publisher, *days in _read_rows(statement, parameters):
        hits.append(Hit(rank // _STEP, title, slug, key, bool(soc_code), pay, publisher or "", *days))
    return hits


def _read_rows(statement: str, parameters: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
