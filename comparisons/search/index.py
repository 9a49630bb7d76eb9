"""SQL for the tables of words and terms: which of what is typed is stored, and which roles it finds.

Each question is one statement for all texts that are searched for together. The SQL is the same for SQLite and
PostgreSQL. Django would take longer to put such a statement together than the database takes to answer it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, Self

from careers.models import Citation, Outlook, Publisher, Role, SalaryStats, TitleTerm, Word
from careers.search_words import ALL_LETTER_BITS, letter_bits, sound_of
from careers.title_terms import WHOLE
from comparisons.search.reading import Lexicon
from comparisons.search.spelling import allowed_errors
from comparisons.search.statements import read_rows

# Follows every word that begins with the text before it.
_END = "\U0010ffff"
# An unfinished word is completed to this many words, those that most people have in their title.
MOST_COMPLETIONS = 3
# This many roles of a term are added up, those with most points.
MOST_OF_TERM = 60
# A misspelled word is compared with this many words that have its first letter and about its letters and its length.
MOST_SIMILAR = 80
# Lists of terms are filled up to one of these lengths, so that few statements occur and their plans can be kept.
_LENGTHS = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
# Too many words sound like one of fewer sounds: "cheer" like "career".
_FEWEST_SOUNDS = 3
# An unfinished word can lack this many letters.
_MOST_LACKING = 10

_TERMS, _WORDS, _ROLES = TitleTerm._meta.db_table, Word._meta.db_table, Role._meta.db_table
_SALARIES, _OUTLOOKS = SalaryStats._meta.db_table, Outlook._meta.db_table
_CITATIONS, _PUBLISHERS = Citation._meta.db_table, Publisher._meta.db_table


class FoundRole(NamedTuple):
    """A role with at least one of the terms. `points`: term -> its points, without those of whole titles.

    `whole_points` and `whole` are those of its best whole title, as spelled; 0 and "" if it has none. `median` and
    `annual_average` are those of its current pay, and `publisher` whose they are, or else whose lists are current.
    `figures_of`: the first day of the month that they are of, if that is known; `captured_on`: when their page was
    saved; both in ISO format.
    """

    points: dict[str, int]
    whole_points: int
    whole: str
    role_points: int
    pk: int
    title: str
    slug: str
    key: str
    name: str | None
    plural: str | None
    soc_code: str | None
    annual_average: int | None
    median: int | None
    figures_of: str | None
    captured_on: str | None
    jobs: int | None
    publisher: str


class UnknownWord(NamedTuple):
    """What is asked about a typed word that is not stored: which of some other words and pairs of words are stored.

    `unfinished`: it is still being typed. `to_titles`: only similar words that are whole titles count.
    """

    words: Sequence[str]
    pairs: Sequence[str]
    unfinished: bool
    to_titles: bool


class WordCandidates(NamedTuple):
    """What a typed word that is not stored can stand for, each word with how many people have it in their title.

    `completions` begin with it. `similar` words have about its length, and its first letter or its first two exchanged;
    `alike` ones sound like it. `words` and `pairs` are those that were asked for.
    """

    completions: dict[str, int]
    similar: dict[str, int]
    alike: dict[str, int]
    words: dict[str, int]
    pairs: dict[str, int]

    @property
    def all_people(self) -> dict[str, int]:
        """Each word -> how many people have it in their title."""
        return self.completions | self.similar | self.alike | self.words


def look_up_terms(wholes: Collection[str], words: Collection[str], beginnings: Sequence[str] = ()) -> Lexicon:
    """Which of these whole titles and words are stored, and how the beginnings of words can go on."""
    parts: list[str] = []
    parameters: list[Any] = []
    if wholes:
        listed = _list(wholes)
        parts.append(
            f"SELECT -1, term, MAX(points) FROM {_TERMS} WHERE term IN ({_placeholders(len(listed))}) GROUP BY term"
        )
        parameters += listed
    if words:
        listed = _list(words)
        parts.append(f"SELECT -2, word, people FROM {_WORDS} WHERE word IN ({_placeholders(len(listed))})")
        parameters += listed
    for position, beginning in enumerate(beginnings):
        completions, bounds = _select_completions(position, beginning)
        parts.append(f"SELECT {position}, word, people FROM {completions}")
        parameters += bounds
    lexicon = Lexicon({}, {}, {beginning: {} for beginning in beginnings})
    for position, text, number in read_rows(" UNION ALL ".join(parts), parameters) if parts else ():
        if position == -1:
            lexicon.wholes[text] = int(number)
        elif position == -2:
            lexicon.people[text] = int(number)
        else:
            lexicon.completions[beginnings[position]][text] = int(number)
    return lexicon


def _select_completions(position: int, beginning: str) -> tuple[str, list[str]]:
    """The words with this beginning that most people have in their title."""
    select = f"SELECT word, people FROM {_WORDS} WHERE word >= %s AND word < %s"
    return f"({select} ORDER BY people DESC, word LIMIT {MOST_COMPLETIONS}) AS completions{position}", _bounds(
        beginning
    )


def look_up_unknown(words: Mapping[str, UnknownWord]) -> dict[str, WordCandidates]:
    """Find what each of these words can mean."""
    by_word = {word: WordCandidates({}, {}, {}, {}, {}) for word in words}
    parts: list[str] = []
    parameters: list[Any] = []
    for position, (word, unknown) in enumerate(words.items()):
        for sql, values in (*_completions_and_similar(position, word, unknown), *_parts_of_word(position, unknown)):
            parts.append(sql)
            parameters += values
    in_order = list(by_word.values())
    for position, kind, text, people in read_rows(" UNION ALL ".join(parts), parameters):
        getattr(in_order[position], kind)[text] = people  # a kind has the name of its field
    return by_word


def _completions_and_similar(position: int, word: str, unknown: UnknownWord) -> list[tuple[str, list[Any]]]:
    completions, bounds = _select_completions(position, word)
    statements: list[tuple[str, list[Any]]] = [
        (f"SELECT {position}, 'completions', word, people FROM {completions}", bounds)
    ]
    errors = allowed_errors(word)
    if not errors:
        return statements
    longest = len(word) + (_MOST_LACKING if unknown.unfinished else errors)
    lengths = list(range(len(word) - errors, longest + 1))
    # The index of words by length has all that is read here.
    of_length = f"SELECT word, people, letters FROM {_WORDS} WHERE length(word) IN ({_placeholders(len(lengths))})"
    begins = "word >= %s AND word < %s"
    of_beginning = f"{of_length} AND {begins} UNION ALL {of_length} AND {begins}"
    # An error takes one letter away at most and brings one at most.
    has_letters = _has_bits_at_most("lacking", errors)
    if not unknown.unfinished:
        has_letters += " AND " + _has_bits_at_most("added", errors)
    similar = (
        f"(SELECT word, people FROM (SELECT word, people, %s & ~letters AS lacking, letters & %s AS added "
        f"FROM ({of_beginning}) AS listed{position}) AS compared{position} WHERE {has_letters} "
        f"ORDER BY CASE WHEN {begins} THEN 0 ELSE 1 END, people DESC, word LIMIT {MOST_SIMILAR}) AS similar{position}"
    )
    letters, exchanged = letter_bits(word), word[1::-1]
    first_two = word[:2]  # most errors stand further back
    parameters = [letters, ALL_LETTER_BITS - letters, *lengths, *_bounds(word[0]), *lengths, *_bounds(exchanged)]
    statement = f"SELECT {position}, 'similar', word, people FROM {similar}"
    if unknown.to_titles:  # only where it matters, since each word is looked up
        statement += f" WHERE EXISTS (SELECT 1 FROM {_TERMS} WHERE term = '{WHOLE}' || similar{position}.word)"
    statements.append((statement, [*parameters, *_bounds(first_two)]))
    sound = sound_of(word)
    if len(sound) >= _FEWEST_SOUNDS:
        statements.append((f"SELECT {position}, 'alike', word, people FROM {_WORDS} WHERE sound = %s", [sound]))
    return statements


def _has_bits_at_most(number: str, most: int) -> str:
    """SQL for whether a number has at most this many bits: clearing its lowest bit that often leaves none.

    >>> _has_bits_at_most("lacking", 1)
    '(lacking & (lacking - 1)) = 0'
    """
    for _ in range(most):
        number = f"({number} & ({number} - 1))"
    return f"{number} = 0"


def _bounds(beginning: str) -> list[str]:
    """From where and up to where words have this beginning."""
    return [beginning, beginning + _END]


def _parts_of_word(position: int, unknown: UnknownWord) -> list[tuple[str, list[Any]]]:
    statements: list[tuple[str, list[Any]]] = []
    if unknown.words:
        words = _list(unknown.words)
        stored = f"SELECT {position}, 'words', word, people FROM {_WORDS} WHERE word IN ({_placeholders(len(words))})"
        statements.append((stored, words))
    if unknown.pairs:
        listed = _list(unknown.pairs)
        pairs = (
            f"SELECT DISTINCT {position}, 'pairs', term, 0 FROM {_TERMS} WHERE term IN ({_placeholders(len(listed))})"
        )
        statements.append((pairs, listed))
    return statements


def find_by_terms(searches: Sequence[Mapping[str, int]], most: Sequence[int]) -> list[list[FoundRole]]:
    """For each search the roles with most points for its terms. A search is: term -> how much it counts, in percent.

    `most`: how many for each search.
    """
    roles_by_search: list[dict[int, FoundRole]] = [{} for _ in searches]
    asked = {position: _Terms.of(terms) for position, terms in enumerate(searches) if terms}
    if not asked:
        return [[] for _ in searches]
    lengths = _Lengths.for_all(asked.values())
    parameters: list[Any] = []
    for position, terms in asked.items():
        of_parts, of_wholes = _filled_up(terms.parts, lengths.parts), _filled_up(terms.wholes, lengths.wholes)
        weighed = chain.from_iterable((searches[position].get(term, 0), term) for term in of_parts)
        parameters += [*of_parts, *weighed, *of_wholes, most[position], *of_wholes]
    statement = " UNION ALL ".join([_best_roles(position, lengths) for position in asked])
    for position, *columns in read_rows(statement, parameters):
        points = {term: worth for term, worth in zip(asked[position].parts, columns, strict=False) if worth}
        role = FoundRole(points, *columns[lengths.parts :])
        _keep_best_title(roles_by_search[position], role)
    return [list(roles.values()) for roles in roles_by_search]


def _keep_best_title(roles: dict[int, FoundRole], role: FoundRole) -> None:
    """Add a role, which has a row for each of its whole titles. `roles`: key of a role -> its row so far."""
    earlier = roles.get(role.pk)
    if earlier is None or (earlier.whole_points, earlier.whole) < (role.whole_points, role.whole):
        roles[role.pk] = role


class _Terms(NamedTuple):
    """The terms of a search: words, pairs and last words, which are parts of titles, and whole titles."""

    parts: list[str]
    wholes: list[str]

    @classmethod
    def of(cls, terms: Iterable[str]) -> Self:
        by_kind = cls([], [])
        for term in terms:
            same_kind = by_kind.wholes if term[0] == WHOLE else by_kind.parts
            same_kind.append(term)
        return by_kind


class _Lengths(NamedTuple):
    """How many terms of each kind a statement takes."""

    parts: int
    wholes: int

    @classmethod
    def for_all(cls, searches: Collection[_Terms]) -> Self:
        """Lengths that suffice for each search. Each part is looked up in each role, so few are added to them."""
        parts = max(len(terms.parts) for terms in searches)
        wholes = max(len(terms.wholes) for terms in searches)
        return cls(parts + parts % 2, _length_for(wholes))


def _best_roles(position: int, lengths: _Lengths) -> str:
    """The best roles with the points that each has for each part of a title, and with what is shown of it.

    The first roles of each term are added up. A role far down in the list of a term lacks these points in the sum that
    decides which roles are read; those that are read come with all of their points.
    """
    best_of_term = f"ORDER BY total DESC, role_id LIMIT {MOST_OF_TERM}"
    wholes = f"IN ({_placeholders(lengths.wholes)}) {best_of_term}"
    conditions = [("CAST(%s AS integer)", f"= %s {best_of_term}")] * lengths.parts + [("100", wholes)]
    lists = []
    for number, (weight, condition) in enumerate(conditions):
        worth = f"points * {weight} AS worth, total - points AS role_points"
        of_list = f"SELECT role_id, {worth} FROM {_TERMS} WHERE term {condition}"
        lists.append(f"SELECT * FROM ({of_list}) AS list{number}")
    # Naming the title, which parts of titles do not have, leads PostgreSQL to the primary key. It would read the whole
    # range of the term in the index that has all other columns.
    points = f"(SELECT points FROM {_TERMS} AS t WHERE t.role_id = best.role_id AND t.term = %s AND t.title = '')"
    return f"""
        SELECT {position}, {", ".join([points] * lengths.parts)},
            COALESCE(whole.points, 0), COALESCE(whole.title, ''), best.role_points,
            r.id, r.title, r.slug, r.key, r.singular, r.plural, r.soc_code, s.annual_average, s.annual_median,
            CAST(c.figures_of AS text), CAST(c.captured_on AS text), o.job_count, COALESCE(p.name, '')
        FROM (
            SELECT role_id, SUM(worth) + 100 * MAX(role_points) AS sum, MAX(role_points) AS role_points
            FROM ({" UNION ALL ".join(lists)}) AS lists GROUP BY role_id ORDER BY 2 DESC, 1 LIMIT %s
        ) AS best
        LEFT JOIN (SELECT role_id, points, title FROM {_TERMS} WHERE term {wholes}) AS whole
            ON whole.role_id = best.role_id
        JOIN {_ROLES} AS r ON r.id = best.role_id
        LEFT JOIN {_SALARIES} AS s ON s.id = r.salary_id
        LEFT JOIN {_OUTLOOKS} AS o ON o.id = r.outlook_id
        LEFT JOIN {_CITATIONS} AS c ON c.id = COALESCE(s.citation_id, r.skills_citation_id, r.duties_citation_id)
        LEFT JOIN {_PUBLISHERS} AS p ON p.id = c.publisher_id"""


def _length_for(count: int) -> int:
    """The length to which a list of terms is filled up."""
    return next((length for length in _LENGTHS if length >= count), count)


def _filled_up(terms: Collection[str], length: int) -> list[str]:
    """The terms, followed by an empty one, which no title has, up to this length."""
    return [*terms, *[""] * (length - len(terms))]


def _list(values: Collection[str]) -> list[str]:
    """The values, filled up."""
    return _filled_up(values, _length_for(len(values)))


def _placeholders(count: int) -> str:
    return ", ".join(["%s"] * count)
