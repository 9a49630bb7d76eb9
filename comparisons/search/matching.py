"""Find roles by what people type: titles in any spelling, what people call an occupation, a question about it."""

from collections.abc import Sequence
from itertools import chain

from comparisons.search import index
from comparisons.search.reading import (
    Lexicon,
    TypedText,
    choose_words,
    find_title_points,
    list_terms_to_look_up,
    read_text,
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
    [result] = find_roles_of_each([typed], most, unfinished=unfinished)
    return result


def find_roles_of_each(
    typed: Sequence[str], most: int = MOST_SUGGESTIONS, *, unfinished: bool = False
) -> list[SearchResult]:
    """The same for several texts at once, in as many queries."""
    texts = [read_text(clean_typed(text), unfinished=unfinished) for text in typed]
    return _find_roles(texts, _look_up(texts, unfinished=unfinished), most, unfinished=unfinished)


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
        return find_roles_of_each([text], most)
    endings, one_role = sides.list_endings(), [text, *sides.list_shared_titles()]
    possible = [*sides.texts, *chain.from_iterable(endings.values())]
    read = {query: read_text(query) for query in (possible if sides.certain else possible + one_role)}
    lexicon = _look_up(list(read.values()), unfinished=False)

    def find_points(query: str) -> int:
        return find_title_points(read[query], lexicon, fields=False)

    def find_points_in_field(query: str) -> int:
        return find_title_points(read[query], lexicon, fields=not sides.joined)

    texts = []
    for side in sides.texts:
        ways = (side, *endings.get(side, ()))
        texts.append([*filter(find_points, ways), *filter(find_points_in_field, ways), side][0])
    may_be_one = False
    if not sides.certain:
        points, fewest = find_points(text), min(map(find_points_in_field, texts))
        # "EMT or paramedic" is a title too, but it means fewer people than each of the two.
        may_be_one = not fewest or points > fewest or (sides.joined and any(map(find_points, one_role)))
        is_misspelled = not points and any(_has_unknown_word(read[side], lexicon) for side in texts)
        if may_be_one:
            texts = [*texts, text] if is_misspelled and not sides.joined else [text]
    results = _find_roles([read[query] for query in texts], lexicon, most, unfinished=False)
    if may_be_one:
        *of_sides, of_text = results
        are_found = of_sides and all(result.match == "found" for result in of_sides)
        results = of_sides if are_found else [of_text]
    likeliest = {result.roles[0].slug for result in results if result.roles}
    if len(likeliest) == 1 and not sides.certain:
        return [results[0]._replace(typed=text)]  # "actor or actress"
    return results


def _has_unknown_word(text: TypedText, lexicon: Lexicon) -> bool:
    """Whether a word that a text means is not stored, so that it may be misspelled."""
    return not all(map(lexicon.is_word, choose_words(text, lexicon)))


def _look_up(texts: Sequence[TypedText], *, unfinished: bool) -> Lexicon:
    wholes: dict[str, None] = {}
    words: dict[str, None] = {}
    for text in texts:
        text_wholes, text_words = list_terms_to_look_up(text)
        wholes.update(dict.fromkeys(text_wholes))
        words.update(dict.fromkeys(text_words))
    beginnings = dict.fromkeys(text.words[-1] for text in texts if unfinished and text.words)
    return index.look_up_terms(list(wholes), list(words), list(beginnings))


def _find_roles(texts: Sequence[TypedText], lexicon: Lexicon, most: int, *, unfinished: bool) -> list[SearchResult]:
    queries = []
    for text in texts:
        beginning = text.words[-1] if unfinished and text.words else ""
        words = choose_words(text, lexicon)
        if not words and beginning:
            words = (beginning,)  # the beginning of a title can be a word of a question
        others = [phrase.words for phrase in text.phrases if len(phrase.words) > 1 and not beginning]
        queries.append(TypedQuery(text.words, words, beginning, others))
    readings = read_queries(queries, lexicon)
    fetched = [most if reading.is_plain else most + _MORE_FETCHED for reading in readings]
    roles = index.find_by_terms([reading.weigh_terms() for reading in readings], fetched)
    results = []
    for text, reading, likeliest in zip(texts, readings, roles, strict=True):
        results.append(build_result(text, reading, likeliest, most, unfinished=unfinished))
    return results
