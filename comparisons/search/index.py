"""SQL for the tables of words and terms: which of what is typed is stored, and which roles it finds.

Each question is one statement for all texts that are searched for together. The SQL is the same for SQLite and
PostgreSQL. Django would take longer to put such a statement together than the database takes to answer it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from careers.models import Citation, Outlook, Publisher, Role, SalaryStats, TitleTerm, Word
from careers.search_words import ALL_LETTER_BITS, encode_letters, sound_of
from careers.title_terms import WHOLE
from comparisons.search.reading import Lexicon
from comparisons.search.spelling import count_allowed_errors
from comparisons.search.statements import Values, read_rows

# Follows every word that begins with the text before it.
_END = "\U0010ffff"
# An unfinished word is completed to this many words, those that most people have in their title.
MOST_COMPLETIONS = 3
# This many roles of a term are added up, those with most points.
MOST_OF_TERM = 60
# A misspelled word is compared with this many words that have its first letter and about its letters and its length.
MOST_SIMILAR = 80
# Too many words sound like one of fewer sounds, so that only whole titles count: "lawyer" for "loyer", not "layout".
_FEWEST_SOUNDS = 3
# An unfinished word can lack this many letters.
_MOST_LACKING = 10

_TERMS, _WORDS, _ROLES = TitleTerm._meta.db_table, Word._meta.db_table, Role._meta.db_table
_SALARIES, _OUTLOOKS = SalaryStats._meta.db_table, Outlook._meta.db_table
_CITATIONS, _PUBLISHERS = Citation._meta.db_table, Publisher._meta.db_table


class FoundRole(NamedTuple):
    """A role with at least one of the terms. `points`: term -> its points, 0 for none; whole titles are left out.

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
    """What is asked about a typed word that is not stored: which of some other words and terms are stored.

    `unfinished`: it is still being typed. `to_titles`: only similar words that are whole titles count.
    """

    words: Sequence[str]
    terms: Sequence[str]
    unfinished: bool
    to_titles: bool


class WordCandidates(NamedTuple):
    """What a typed word that is not stored can stand for, each word with how many people have it in their title.

    `completions` begin with it. `similar` words have about its length, and its first letter or its first two exchanged;
    `alike` ones sound like it, and `titles` are those of them that are whole titles, where only these count. `words`
    and `terms` are those that were asked for.
    """

    completions: dict[str, int]
    similar: dict[str, int]
    alike: dict[str, int]
    titles: dict[str, int]
    words: dict[str, int]
    terms: dict[str, int]

    @property
    def all_people(self) -> dict[str, int]:
        """Each word -> how many people have it in their title."""
        return self.completions | self.similar | self.alike | self.words


def look_up_terms(wholes: Collection[str], words: Collection[str], beginnings: Sequence[str] = ()) -> Lexicon:
    """Which of these whole titles and words are stored, and how the beginnings of words can go on."""
    values = Values()
    parts: list[str] = []
    if wholes:
        parts.append(
            f"SELECT -1, term, MAX(points), COUNT(*) FROM {_TERMS} WHERE {values.write_is_one_of('term', wholes)} "
            "GROUP BY term"
        )
    if words:
        parts.append(f"SELECT -2, word, people, 1 FROM {_WORDS} WHERE {values.write_is_one_of('word', words)}")
    for position, beginning in enumerate(beginnings):
        parts.append(f"SELECT {position}, word, people, 1 FROM {_write_completions(position, beginning, values)}")
    lexicon = Lexicon(completions={beginning: {} for beginning in beginnings})
    for position, text, number, roles in read_rows(" UNION ALL ".join(parts), values) if parts else ():
        if position == -1:
            lexicon.wholes[text], lexicon.shared[text] = int(number), roles
        elif position == -2:
            lexicon.people[text] = int(number)
        else:
            lexicon.completions[beginnings[position]][text] = int(number)
    return lexicon


def _write_completions(position: int, beginning: str, values: Values) -> str:
    """The words with this beginning that most people have in their title."""
    words = f"SELECT word, people FROM {_WORDS} WHERE {_begins(beginning, values)}"
    return f"({words} ORDER BY people DESC, word LIMIT {MOST_COMPLETIONS}) AS completions{position}"


def _begins(beginning: str, values: Values) -> str:
    return f"word >= {values.add(beginning)} AND word < {values.add(beginning + _END)}"


def look_up_unknown(words: Mapping[str, UnknownWord]) -> dict[str, WordCandidates]:
    """Find what each of these words can mean."""
    by_word = {word: WordCandidates({}, {}, {}, {}, {}, {}) for word in words}
    values = Values()
    parts: list[str] = []
    for position, (word, unknown) in enumerate(words.items()):
        sources = {"completions": _write_completions(position, word, values)}
        if count_allowed_errors(word):
            sources["similar"] = _write_similar(position, word, unknown, values)
            sound = sound_of(word)
            alike = f"{_WORDS} WHERE sound = {values.add(sound)}"
            alike_titles = f"{alike} AND {_write_is_title(_WORDS)}"
            sources["alike"] = alike if len(sound) >= _FEWEST_SOUNDS else alike_titles
            if unknown.to_titles:
                sources["titles"] = alike_titles
        if unknown.words:
            sources["words"] = f"{_WORDS} WHERE {values.write_is_one_of('word', unknown.words)}"
        parts += [f"SELECT {position}, '{kind}', word, people FROM {source}" for kind, source in sources.items()]
        if unknown.terms:
            is_term = values.write_is_one_of("term", unknown.terms)
            parts.append(f"SELECT DISTINCT {position}, 'terms', term, 0 FROM {_TERMS} WHERE {is_term}")
    in_order = list(by_word.values())
    for position, kind, text, people in read_rows(" UNION ALL ".join(parts), values):
        getattr(in_order[position], kind)[text] = people  # a kind has the name of its field
    return by_word


def _write_similar(position: int, word: str, unknown: UnknownWord, values: Values) -> str:
    errors, letters = count_allowed_errors(word), encode_letters(word)
    longest = len(word) + (_MOST_LACKING if unknown.unfinished else errors)
    has_length = values.write_is_one_of("length(word)", range(len(word) - errors, longest + 1))
    # The index of words by length has all that is read here.
    of_length = f"SELECT word, people, letters FROM {_WORDS} WHERE {has_length}"
    exchanged, first_two = word[1::-1], word[:2]  # most errors stand behind the first two letters
    # An error takes one letter away at most and brings one at most. Many words can follow from an unfinished one.
    has_letters = _write_bit_limit("lacking", 1 if unknown.unfinished else errors)
    if not unknown.unfinished:
        has_letters += " AND " + _write_bit_limit("added", errors)
    similar = f"""(
        SELECT word, people FROM (
            SELECT word, people, {values.add(letters)} & ~letters AS lacking,
                letters & {values.add(ALL_LETTER_BITS - letters)} AS added
            FROM (
                {of_length} AND {_begins(word[0], values)} UNION ALL {of_length} AND {_begins(exchanged, values)}
            ) AS listed{position}
        ) AS compared{position}
        WHERE {has_letters}
        ORDER BY CASE WHEN {_begins(first_two, values)} THEN 0 ELSE 1 END, people DESC, word LIMIT {MOST_SIMILAR}
    ) AS similar{position}"""
    if unknown.to_titles:  # only where it matters, since each word is looked up
        similar += f" WHERE {_write_is_title(f'similar{position}')}"
    return similar


def _write_is_title(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_TERMS} WHERE term = '{WHOLE}' || {table}.word)"


def _write_bit_limit(number: str, most: int) -> str:
    """SQL for whether a number has at most this many bits: clearing its lowest bit that often leaves none.

    >>> _write_bit_limit("lacking", 1)
    '(lacking & (lacking - 1)) = 0'
    """
    for _ in range(most):
        number = f"({number} & ({number} - 1))"
    return f"{number} = 0"


def find_by_terms(searches: Sequence[Mapping[str, int]], most: Sequence[int]) -> list[list[FoundRole]]:
    """For each search the roles with most points for its terms. A search is: term -> how much it counts, in percent.

    `most`: how many for each search.
    """
    roles_by_search: list[dict[int, FoundRole]] = [{} for _ in searches]
    asked = {position: _Terms.sort(terms) for position, terms in enumerate(searches) if terms}
    if not asked:
        return [[] for _ in searches]
    parts = max(len(terms.parts) for terms in asked.values())  # all searches have as many columns
    values = Values()
    selects = []
    for position, terms in asked.items():
        is_whole = values.write_is_one_of("term", terms.wholes)
        filled_up = [*terms.parts, *[""] * (parts - len(terms.parts))]  # the empty term is never stored
        signs = tuple([(values.add(term), values.add(searches[position].get(term, 0))) for term in filled_up])
        selects.append(_write_best_roles(position, is_whole, signs, values.add(most[position])))
    for position, *columns in read_rows(" UNION ALL ".join(selects), values):
        points = dict(zip(asked[position].parts, columns, strict=False))
        role = FoundRole(points, *columns[parts:])
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
    def sort(cls, terms: Mapping[str, int]) -> Self:
        parts = [term for term in terms if term[0] != WHOLE]
        return cls(parts, [term for term in terms if term[0] == WHOLE])


@lru_cache(maxsize=64)
def _write_best_roles(position: int, is_whole: str, parts: tuple[tuple[str, str], ...], most: str) -> str:
    """The best roles with the points that each has for each part of a title, and with what is shown of it.

    `is_whole`: the condition that a term is a whole title. `parts`: what stands for each other term and for its weight.

    The first roles of each term are added up. A role far down in the list of a term lacks these points in the sum that
    decides which roles are read; those that are read come with all of their points.
    """
    best_of_term = f"ORDER BY total DESC, role_id LIMIT {MOST_OF_TERM}"
    lists = ["SELECT role_id, 100 * points AS worth, total - points AS role_points FROM whole"]
    for part, share in parts:
        worth = f"CAST({share} AS integer) * points"
        lists.append(f"SELECT role_id, {worth}, total - points FROM {_TERMS} WHERE term = {part} {best_of_term}")
    added_up = " UNION ALL ".join(
        [f"SELECT * FROM ({of_term}) AS list{number}" for number, of_term in enumerate(lists)]
    )
    # Naming the title, which parts of titles do not have, leads PostgreSQL to the primary key. It would read the whole
    # range of the term in the index that has all other columns.
    points = [
        f"COALESCE((SELECT points FROM {_TERMS} AS t WHERE t.role_id = best.role_id AND t.term = {part} "
        "AND t.title = ''), 0)"
        for part, _ in parts
    ]
    return f"""SELECT * FROM (
        WITH whole AS (SELECT role_id, points, total, title FROM {_TERMS} WHERE {is_whole} {best_of_term})
        SELECT {position}, {", ".join(points)},
            COALESCE(whole.points, 0), COALESCE(whole.title, ''), best.role_points,
            r.id, r.title, r.slug, r.key, r.singular, r.plural, r.soc_code, s.annual_average, s.annual_median,
            CAST(c.figures_of AS text), CAST(c.captured_on AS text), o.job_count, COALESCE(p.name, '')
        FROM (
            SELECT role_id, SUM(worth) + 100 * MAX(role_points) AS sum, MAX(role_points) AS role_points
            FROM ({added_up}) AS lists GROUP BY role_id ORDER BY 2 DESC, 1 LIMIT {most}
        ) AS best
        LEFT JOIN whole ON whole.role_id = best.role_id
        JOIN {_ROLES} AS r ON r.id = best.role_id
        LEFT JOIN {_SALARIES} AS s ON s.id = r.salary_id
        LEFT JOIN {_OUTLOOKS} AS o ON o.id = r.outlook_id
        LEFT JOIN {_CITATIONS} AS c ON c.id = COALESCE(s.citation_id, r.skills_citation_id, r.duties_citation_id)
        LEFT JOIN {_PUBLISHERS} AS p ON p.id = c.publisher_id
    ) AS search{position}"""
