"""Find roles by what people type: titles in any spelling, what people call an occupation, a question about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise, product
from typing import Literal, NamedTuple

from django.db.models import F, Q

from careers.models import Role, RoleAlias, identity
from careers.search_words import significant_words
from careers.short_name import name_of
from careers.title_terms import LAST
from comparisons.search import index
from comparisons.search.index import FoundRole, UnknownWord, WordCandidates
from comparisons.search.reading import (
    MOST_WORDS,
    Lexicon,
    Reading,
    ReadWord,
    Words,
    choose_words,
    is_title,
    list_terms_to_look_up,
    split_query,
)
from comparisons.search.sides import split_sides
from comparisons.search.spelling import (
    allowed_errors,
    correct_word,
    is_corrected_to_titles,
    list_halves,
    list_workers,
)

# Longer than any title; the rest of what is typed is ignored.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# So many roles more than are wanted are fetched where a word has several meanings: the database adds up all of them,
# and only the best counts.
_MORE_FETCHED = 8
# Words that begin with an unknown one stand for it from so many letters on, beside other words or alone.
_FEWEST_LETTERS = 3
_FEWEST_LETTERS_SURE = 5
# So many words of a query that are not stored are looked into.
_MOST_UNKNOWN = 3
# How many titles are compared letter by letter, and from which ratio on a title is similar.
MOST_COMPARED = 100
SIMILAR = 0.6

# `found`: the best role is called what was typed; `nearest`: it has something of it.
MatchKind = Literal["found", "nearest", "nothing"]


class Title(NamedTuple):
    title: str
    slug: str


class Match(NamedTuple):
    """What was typed, the role that it means, None for none, and other roles that it could mean.

    `sure`: it is the title or the address of the role.
    """

    typed: str
    role: Title | None
    choices: list[Title]
    sure: bool


class Hit(NamedTuple):
    """A role that was found. `name`: a short name of an occupation, else its title. `called`: the title that was typed,
    where that is another one. `is_called`: a title of it is the whole text.

    The pay is current, by `publisher`. `figures_of`: the first day of the month that it is of, if that is known;
    `captured_on`: when its page was saved.
    """

    title: str
    slug: str
    name: str
    occupation: bool
    called: str
    annual_average: int | None
    median: int | None
    figures_of: date | None
    captured_on: date | None
    jobs: int | None
    publisher: str
    is_called: bool


class SearchResult(NamedTuple):
    """What was typed and the roles found, the best first. `instead`: how mistyped words were read. `is_own_title`: the
    text is the title or the short name of the best."""

    typed: str
    roles: list[Hit]
    match: MatchKind = "nothing"
    instead: str = ""
    is_own_title: bool = False

    @property
    def titles(self) -> list[Title]:
        """Names with their publishers where two read alike."""
        alike = identify_alike(self.roles)
        titles = []
        for hit in self.roles:
            name = f"{hit.name} ({hit.publisher})" if hit.slug in alike and hit.publisher else hit.name
            titles.append(Title(name, hit.slug))
        return titles


def identify_alike(roles: Sequence[Hit]) -> set[str]:
    """Slugs of the roles that have the name of another one: only their publishers tell them apart."""
    names = [identity(hit.name) for hit in roles]
    return {hit.slug for hit, name in zip(roles, names, strict=True) if names.count(name) > 1}


def clean_typed(typed: str) -> str:
    """What was typed, without characters that no title has.

    >>> clean_typed(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    letters = [letter if letter.isprintable() else " " * letter.isspace() for letter in typed]
    return "".join(letters)[:MOST_LETTERS].strip()


# -- searching --------------------------------------------------------------------------------


def find_roles(typed: str, most: int = MOST_SUGGESTIONS, *, unfinished: bool = False) -> SearchResult:
    """The roles that a text means as a whole, in three queries at most. `unfinished`: its last word goes on."""
    [result] = find_each([typed], most, unfinished=unfinished)
    return result


def find_each(typed: Sequence[str], most: int = MOST_SUGGESTIONS, *, unfinished: bool = False) -> list[SearchResult]:
    """The same for several texts at once, in as many queries."""
    texts = [clean_typed(text) for text in typed]
    lexicon = _look_up([split_query(text) for text in texts], unfinished=unfinished)
    return _find(texts, lexicon, most, unfinished=unfinished)


def complete_query(typed: str, most: int = MOST_SUGGESTIONS) -> SearchResult:
    """The roles that a query can mean that is still being typed; of a comparison those of its last side."""
    sides = split_sides(clean_typed(typed))
    last = sides.texts[-1] if sides and sides.certain else typed
    return find_roles(last, most, unfinished=True)


def answer_query(typed: str, most: int = MOST_SUGGESTIONS) -> list[SearchResult]:
    """One result for a query that names one role; one for each side of a comparison of two to four."""
    text = clean_typed(typed)
    sides = split_sides(text)
    if sides is None:
        return find_each([text], most)
    texts = list(sides.texts)
    one_role = [] if sides.certain else [text, *sides.as_one_title()]
    lexicon = _look_up([split_query(query) for query in (*texts, *one_role)], unfinished=False)
    if not sides.certain:
        is_comparison = all(is_title(split_query(side), lexicon) for side in texts)
        if not is_comparison or any(is_title(split_query(title), lexicon) for title in one_role):
            texts = [text]
    return _find(texts, lexicon, most, unfinished=False)


def _look_up(typed: Sequence[Sequence[str]], *, unfinished: bool) -> Lexicon:
    wholes: dict[str, None] = {}
    words: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for typed_words in typed:
        if not typed_words:
            continue
        text_wholes, text_words = list_terms_to_look_up(typed_words)
        wholes.update(dict.fromkeys(text_wholes))
        words.update(dict.fromkeys(text_words))
        if unfinished:
            beginnings[typed_words[-1]] = None
    return index.look_up_terms(list(wholes), list(words), list(beginnings))


def _find(texts: Sequence[str], lexicon: Lexicon, most: int, *, unfinished: bool) -> list[SearchResult]:
    queries = []
    for text in texts:
        typed = split_query(text)
        words = _choose_words(typed, lexicon, unfinished=unfinished)
        queries.append(_Query(text, typed, words, typed[-1] if unfinished and typed else ""))
    readings = _read(queries, lexicon)
    fetched = [most if reading.is_plain else most + _MORE_FETCHED for reading in readings]
    roles = index.find_by_terms([reading.terms() for reading in readings], fetched)
    results = []
    for text, reading, likeliest in zip(texts, readings, roles, strict=True):
        results.append(_result(text, reading, likeliest, most, unfinished=unfinished))
    return results


class _Query(NamedTuple):
    """A text, its words, those of them that are looked for, and the one that may go on, or ""."""

    text: str
    typed: Sequence[str]
    words: Words
    unfinished: str

    def goes_on(self, place: int) -> bool:
        """Whether the word at this place is the one that may go on."""
        return bool(self.unfinished) and place == len(self.words) - 1

    def only_titles(self, place: int) -> bool:
        """Whether a word can only be corrected to a whole title. One that is being typed is never certain anyway."""
        return not self.goes_on(place) and is_corrected_to_titles(self.words[place], alone=len(self.typed) == 1)


def _choose_words(typed: Sequence[str], lexicon: Lexicon, *, unfinished: bool) -> Words:
    words = choose_words(typed, lexicon) if typed else ()
    if unfinished and typed and not words:
        return tuple(typed[-1:])  # the beginning of a title can be a word of a question
    return words


# -- words that are not stored ----------------------------------------------------------------


def _read(queries: Sequence[_Query], lexicon: Lexicon) -> list[Reading]:
    unknown: dict[str, UnknownWord] = {}
    for query in queries:
        if lexicon.whole(query.words):
            continue
        for place, word in enumerate(query.words):
            is_known = lexicon.is_word(word) or (query.goes_on(place) and lexicon.completions.get(query.unfinished))
            if not is_known and len(unknown) < _MOST_UNKNOWN * len(queries):
                unknown[word] = _ask_about(word, unfinished=query.goes_on(place), to_titles=query.only_titles(place))
    candidates = index.look_up_unknown(unknown) if unknown else {}
    return [_reading(query, lexicon, candidates) for query in queries]


def _ask_about(word: str, *, unfinished: bool, to_titles: bool) -> UnknownWord:
    halves = list_halves(word)
    words = {*list_workers(word), *(half for pair in halves for half in pair)}
    pairs = [" ".join(pair) for pair in halves]
    return UnknownWord(sorted(words), pairs, unfinished, to_titles)


def _reading(query: _Query, lexicon: Lexicon, candidates: Mapping[str, WordCandidates]) -> Reading:
    read: list[ReadWord] = []
    dropped = False
    is_whole = bool(lexicon.whole(query.words))
    for place, word in enumerate(query.words):
        completed = _complete(word, query.unfinished, lexicon) if query.goes_on(place) else None
        if completed:
            read.append(completed)
        elif is_whole or lexicon.is_word(word):
            read.append(ReadWord(word, (word,)))
        else:
            stands_for = _stands_for(query, place, candidates[word]) if word in candidates else []
            read += stands_for
            dropped = dropped or not stands_for
    if dropped and all(_is_guess(word) for word in read):
        return Reading(dropped=True)
    return Reading(tuple(read), dropped or (not query.unfinished and any(map(_is_unfinished, read))))


def _complete(word: str, beginning: str, lexicon: Lexicon) -> ReadWord | None:
    """The last word as what it can go on to, itself first where it is stored; None where nothing begins with it.

    `beginning`: the word as it is typed so far.
    """
    completions = lexicon.completions.get(beginning)
    if not completions:
        return None
    exact = [word] if lexicon.is_word(word) else []
    return ReadWord(word, tuple(dict.fromkeys([*exact, *completions])))


def _is_unfinished(word: ReadWord) -> bool:
    """Whether a word only begins what it stands for: it may mean something else."""
    return word.typed not in word.meanings and word.meanings[0].startswith(word.typed)


def _is_guess(word: ReadWord) -> bool:
    """Whether a short word stands for another one: beside a word that means nothing, that is a guess."""
    return word.typed not in word.meanings and len(word.typed) < _FEWEST_LETTERS_SURE


def _stands_for(query: _Query, place: int, candidates: WordCandidates) -> list[ReadWord]:
    """What a word that is not stored is read as: who works in a field, two words, a beginning, or a misspelling."""
    word, goes_on = query.words[place], query.goes_on(place)
    workers = [worker for worker in list_workers(word) if worker in candidates.words]
    if workers and not goes_on:
        return [ReadWord(word, (workers[0],))]
    for first, second in _best_halves(word, candidates):
        return [ReadWord(first, (first,)), ReadWord(second, (second,))]
    fewest = _FEWEST_LETTERS if len(query.words) > 1 else _FEWEST_LETTERS_SURE
    if candidates.completions and len(word) >= fewest:
        return [ReadWord(word, tuple(candidates.completions))]
    return _correct(query, place, candidates) if allowed_errors(word) else []


def _correct(query: _Query, place: int, candidates: WordCandidates) -> list[ReadWord]:
    """A misspelled word as the likeliest one that was meant; nothing where none is near enough."""
    word, similar = query.words[place], candidates.similar
    if query.only_titles(place):
        similar = {text: people for text, people in similar.items() if text in candidates.titles}
    corrections = correct_word(word, similar, unfinished=query.goes_on(place))
    return [ReadWord(word, (corrections[0],))] if corrections else []


def _best_halves(word: str, candidates: WordCandidates) -> list[tuple[str, str]]:
    """The ways to split a word into two that stand side by side in titles, that of most people first."""
    halves = [pair for pair in list_halves(word) if " ".join(pair) in candidates.pairs]
    return sorted(halves, key=lambda pair: -min(candidates.words.get(half, 0) for half in pair))


# -- which roles are best ---------------------------------------------------------------------


class _Score(NamedTuple):
    """What of a reading a role has. `is_whole`: a title of it is the whole text; `whole`: that title as spelled."""

    points: int
    has_all_words: bool
    has_them_together: bool
    is_whole: bool
    whole: str


class _TermGroups(NamedTuple):
    """The terms of a reading; of each group the best that a role has counts."""

    words: list[Words]
    pairs: list[Words]
    last: Words


def _group_terms(reading: Reading) -> _TermGroups:
    pairs = []
    for first, second in pairwise(reading.words):
        pairs.append(tuple(" ".join(pair) for pair in product(first.meanings, second.meanings)))
    last = tuple(meaning + LAST for meaning in reading.words[-1].meanings) if reading.words else ()
    return _TermGroups([word.meanings for word in reading.words], pairs, last)


def _score(role: FoundRole, groups: _TermGroups) -> _Score:
    points = role.points

    def best(group: Words) -> int:
        return max([points.get(term, 0) for term in group], default=0)

    words = [best(group) for group in groups.words]
    pairs = [best(group) for group in groups.pairs]
    last = best(groups.last)
    total = role.role_points + sum(words) + sum(pairs) + last + role.whole_points
    return _Score(total, all(words), bool(last or any(pairs)), bool(role.whole_points), role.whole)


def _result(text: str, reading: Reading, roles: Sequence[FoundRole], most: int, *, unfinished: bool) -> SearchResult:
    if not roles:
        return SearchResult(text, [])
    groups = _group_terms(reading)
    scored = [(_score(role, groups), role) for role in roles]
    scored.sort(key=lambda pair: (-pair[0].points, bool(pair[1].soc_code), pair[1].key, pair[1].slug))
    best, best_role = scored[0]
    is_found = best.is_whole or (best.has_all_words and (best.has_them_together or unfinished))
    is_found = is_found or _has_the_words_alone(best_role, reading)
    hits = [_hit(role, score) for score, role in scored[:most]]
    match: MatchKind = "found" if is_found and not reading.dropped else "nearest"
    is_own_title = match == "found" and significant_words(text) in (
        significant_words(best_role.title),
        significant_words(hits[0].name),
    )
    return SearchResult(text, hits, match, _as_read(reading), is_own_title)


def _has_the_words_alone(role: FoundRole, reading: Reading) -> bool:
    """Whether the title of a role has the words that were looked for and no others, in whatever order."""
    words = {meaning for word in reading.words for meaning in word.meanings}
    return words in (set(significant_words(role.title)), set(significant_words(role.name or role.title)))


def _hit(role: FoundRole, score: _Score) -> Hit:
    whole = score.whole
    name = name_of(role.title, role.name, role.plural)
    is_other = whole and significant_words(whole) not in (significant_words(name), significant_words(role.title))
    return Hit(
        role.title,
        role.slug,
        name,
        bool(role.soc_code),
        whole if is_other else "",
        role.annual_average,
        role.median,
        _day(role.figures_of),
        _day(role.captured_on),
        role.jobs,
        role.publisher,
        score.is_whole,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _as_read(reading: Reading) -> str:
    """The words that were looked for, where a typed one stands for a similar one; else ""."""
    corrected = [word for word in reading.words if len(word.meanings) == 1 and word.meanings[0] != word.typed]
    return " ".join(word.meanings[0] for word in reading.words) if corrected else ""


# -- titles and addresses ---------------------------------------------------------------------


def resolve_titles(typed: str) -> list[Match]:
    """The role that a slug or a title means, or the likeliest for a query; one for each side of a comparison."""
    text = clean_typed(typed)
    role = _find_named(text) if text else None
    if role is not None:
        return [Match(text, role, [], sure=True)]
    return [match_of(result) for result in answer_query(text)]


def match_of(result: SearchResult) -> Match:
    """The likeliest role of a search, and the others as choices."""
    titles = result.titles
    return Match(result.typed, titles[0] if titles else None, titles[1:], sure=result.is_own_title)


def _find_named(text: str) -> Title | None:
    """A role's own title or slug takes precedence over another role's alias, and over an official occupation."""
    key, slug = identity(text), text.lower()
    pages_first = F("soc_code").asc(nulls_first=True)
    named = Role.objects.filter(Q(key=key) | Q(slug=slug)).order_by(pages_first).values_list("title", "slug")
    aliases = RoleAlias.objects.filter(Q(key=key) | Q(slug=slug)).values_list("role__title", "role__slug")
    row = named.first() or aliases.first()
    return Title(*row) if row else None


def find_similar_titles(key: str, most: int) -> list[Title]:
    """Titles whose spelling is similar to that of the `identity` in `key`, the likest first; in one query."""
    [roles] = index.find_by_terms([list(dict.fromkeys(significant_words(key)[:MOST_WORDS]))], [MOST_COMPARED])
    likest = sorted([(_likeness(key, role.key), role.title, role.slug) for role in roles], reverse=True)
    return [Title(title, slug) for likeness, title, slug in likest[:most] if likeness >= SIMILAR]


def _likeness(typed: str, key: str) -> float:
    """
    >>> _likeness("lead tecnician", "lead technician") > SIMILAR > _likeness("lead tecnician", "nurse")
    True
    """
    matcher = SequenceMatcher(None, key, typed, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR else 0.0


def find_roles_of_other_titles(slugs: Iterable[str]) -> dict[str, str]:
    """Slug of another title -> slug of its role; other slugs are left out."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    aliases = RoleAlias.objects.filter(slug__in=possible).values_list("slug", "role__slug")
    return dict(aliases)


def titles_of_slugs(slugs: Iterable[str]) -> list[Title]:
    """Titles of the roles with these slugs, in the order given; a slug without a role stands for itself."""
    possible = [slug for slug in slugs if slug.isprintable()]  # no database takes a NUL
    stored_titles = dict(Role.objects.filter(slug__in=possible).values_list("slug", "title"))
    return [Title(stored_titles.get(slug, slug), slug) for slug in possible]
