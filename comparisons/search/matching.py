"""Find roles by what people type: titles in any spelling, what people call an occupation, a question about it."""

from collections.abc import Sequence
from itertools import chain

from comparisons.search import index
from comparisons.search.reading import (
    Lexicon,
    Words,
    choose_words,
    list_terms_to_look_up,
    split_query,
    title_points,
)
from comparisons.search.results import SearchResult
from comparisons.search.scores import build_result
from comparisons.search.sides import split_sides
from comparisons.search.unknown_words import TypedQuery, read_queries

# Longer than any title; the rest of what is typed is ignored.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# This many roles more than are wanted are fetched where a word has several meanings: the database adds up all of them,
# and only the best counts.
_MORE_FETCHED = 4


def clean_typed(typed: str) -> str:
    """What was typed, without characters that no title has.

    >>> clean_typed(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    letters = [letter if letter.isprintable() else " " * letter.isspace() for letter in typed]
    return "".join(letters)[:MOST_LETTERS].strip()


def find_roles(typed: str, most: int = MOST_SUGGESTIONS, *, unfinished: bool = False) -> SearchResult:
    """The roles that a text means as a whole, in three queries at most. `unfinished`: its last word goes on."""
    [result] = find_each([typed], most, unfinished=unfinished)
    return result


def find_each(typed: Sequence[str], most: int = MOST_SUGGESTIONS, *, unfinished: bool = False) -> list[SearchResult]:
    """The same for several texts at once, in as many queries."""
    texts = [clean_typed(text) for text in typed]
    lexicon = _look_up([split_query(text) for text in texts], unfinished=unfinished)
    return _find(texts, lexicon, most, unfinished=unfinished)


def complete_query(typed: str) -> SearchResult:
    """The roles that a query can mean that is still being typed; of a comparison those of its last side."""
    sides = split_sides(clean_typed(typed))
    last = sides.texts[-1] if sides and sides.certain else typed
    return find_roles(last, MOST_SUGGESTIONS, unfinished=True)


def answer_query(typed: str, most: int = MOST_SUGGESTIONS) -> list[SearchResult]:
    """One result for a query that names one role; one for each side of a comparison of two to four."""
    text = clean_typed(typed)
    sides = split_sides(text)
    if sides is None:
        return find_each([text], most)
    ways_to_end, as_one_title = sides.ways_to_end(), sides.as_one_title()
    possible = (text, *sides.texts, *as_one_title, *chain.from_iterable(ways_to_end.values()))
    lexicon = _look_up([split_query(query) for query in possible], unfinished=False)

    def points(query: str) -> int:
        return title_points(split_query(query), lexicon, fields=not sides.joined)

    texts = [next(filter(points, (side, *ways_to_end.get(side, ()))), side) for side in sides.texts]
    # "EMT or paramedic" is a title too, but what most people call paramedics is not.
    is_one_role = points(text) >= min(map(points, texts))
    if texts == list(sides.texts):
        is_one_role = is_one_role or any(map(points, as_one_title))
    if is_one_role and not sides.certain:
        texts = [text]
    return _find(texts, lexicon, most, unfinished=False)


def _look_up(typed: Sequence[Sequence[str]], *, unfinished: bool) -> Lexicon:
    wholes: dict[str, None] = {}
    words: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for typed_words in typed:
        if not typed_words:
            continue
        text_wholes, text_words = list_terms_to_look_up(typed_words, unfinished=unfinished)
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
        queries.append(TypedQuery(text, typed, words, typed[-1] if unfinished and typed else ""))
    readings = read_queries(queries, lexicon)
    fetched = [most if reading.is_plain else most + _MORE_FETCHED for reading in readings]
    roles = index.find_by_terms([reading.terms() for reading in readings], fetched)
    results = []
    for text, reading, likeliest in zip(texts, readings, roles, strict=True):
        results.append(build_result(text, reading, likeliest, most, unfinished=unfinished))
    return results


def _choose_words(typed: Sequence[str], lexicon: Lexicon, *, unfinished: bool) -> Words:
    words = choose_words(typed, lexicon, unfinished=unfinished) if typed else ()
    if unfinished and typed and not words:
        return tuple(typed[-1:])  # the beginning of a title can be a word of a question
    return words
