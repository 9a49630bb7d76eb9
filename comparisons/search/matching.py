"""Find roles by what people type: titles in any spelling, what people call an occupation, a question about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from careers.spelling import fold_spelling
from comparisons.rows import MOST_ROLES
from comparisons.search import index
from comparisons.search.reading import (
    Lexicon,
    add_beginning,
    choose_words,
    find_title_points,
    list_terms_to_look_up,
    restore_short,
)
from comparisons.search.results import SearchResult
from comparisons.search.scores import build_result
from comparisons.search.sides import DASH, Sides, repeats_words, split_sides
from comparisons.search.typed_text import TypedText, read_text
from comparisons.search.uncounted import name_uncounted
from comparisons.search.unknown_words import TypedQuery, read_queries

# Longer than any title; the rest of what is typed is ignored.
MOST_LETTERS = 120
MOST_SUGGESTIONS = 8
# This many roles more than are wanted are fetched where a word has several meanings: the database adds up all of them,
# and only the best counts.
_MORE_FETCHED = 4
_PARTS_UNFINISHED = re.compile(r"\s(?:or|verses?|become|becoming|(?:to|of|about)\s+be(?:ing)?)\s", re.IGNORECASE)
# These stand for a text with "at" instead of its dashes.
_FIRST_AT_LAST, _LAST_AT_FIRST = "-@", "@-"


def clean_typed(typed: str) -> str:
    """What was typed, without characters that no title has.

    >>> clean_typed(" Lead\\x00 Tech\\n")
    'Lead Tech'
    """
    if not typed.isprintable():
        typed = "".join([letter if letter.isprintable() else " " * letter.isspace() for letter in typed])
    return typed[:MOST_LETTERS].strip()


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
    return find_roles(_find_last_side(clean_typed(typed)), MOST_SUGGESTIONS, unfinished=True)


def _find_last_side(text: str) -> str:
    """The last side of a comparison, or the text. While it is typed, “or” nearly always parts two sides.

    >>> _find_last_side("nurse vs teacher or ch"), _find_last_side("heating and co")
    ('ch', 'heating and co')
    """
    sides = split_sides(text)
    if sides and (sides.certain or _PARTS_UNFINISHED.search(text)):
        return _find_last_side(sides.texts[-1])
    return text


def answer_query(typed: str, most: int = MOST_SUGGESTIONS) -> list[SearchResult]:
    """One result for a query that names one role; one for each side of a comparison of two to four."""
    return answer_all_sides(typed, most)[:MOST_ROLES]


def answer_all_sides(typed: str, most: int = MOST_SUGGESTIONS) -> list[SearchResult]:
    """The same, and then a result for each side that a page has no room for, of which most are not searched for."""
    text = clean_typed(typed)
    sides = split_sides(text)
    if sides is None:
        return find_roles_of_each([text], most)
    results = _look_up_sides(text, sides).answer(most)
    if len(_list_likeliest(results)) == 1 and not sides.certain:
        return [_join_names(text, results)]
    for result in results if not sides.certain else ():
        if _is_spelled_as_title(result._replace(typed=text)):  # "Driver/Sales Workers"
            return [result._replace(typed=text, is_own_title=True)]
    return [*results, *[SearchResult(side, []) for side in sides.left_out if len(results) > 1]]


def _list_likeliest(results: Iterable[SearchResult]) -> set[str]:
    """Slugs of the best roles, "" for none."""
    return {result.roles[0].slug if result.roles else "" for result in results}


def _is_spelled_as_title(result: SearchResult) -> bool:
    """Whether what was typed is a title of the best role, comma by comma: "Opticians, Dispensing"."""
    titles = chain.from_iterable((hit.called, hit.title) for hit in result.roles[:1])
    return fold_spelling(result.typed) in map(fold_spelling, titles)


def _join_names(text: str, results: Sequence[SearchResult]) -> SearchResult:
    """One result for names of one role: “actor or actress”. Those that go by each of them are first."""
    called = [{hit.slug for hit in result.roles if hit.is_called} for result in results]
    of_all = set.intersection(*called)
    roles = [hit._replace(is_called=hit.slug in of_all) for hit in results[0].roles]
    roles.sort(key=lambda hit: not hit.is_called)
    return results[0]._replace(typed=text, roles=roles)


@dataclass(frozen=True, slots=True)
class _QueryWithSides:
    """A query that may ask for a comparison. `read`: its text, its sides and all that they can mean, as typed -> read;
    `lexicon`: what is stored of them; `within`: side -> the sides that it can have in turn."""

    text: str
    sides: Sides
    read: Mapping[str, TypedText]
    lexicon: Lexicon
    within: Mapping[str, Sides]

    def answer(self, most: int) -> list[SearchResult]:
        """One result for each side, or one for the whole text where that is more likely meant."""
        if self.sides.certain or (self.sides.title and not self._find_points(self.sides.title)):
            return self._answer_certain(most)
        chosen = [self._choose_ending(side) for side in self.sides.texts]
        are_titles = self.sides.apart and all(map(self._find_points, self.sides.texts))
        if self.sides.names and not are_titles and all(map(self._find_points, self.sides.names)):
            return self._choose_names(chosen, most)
        if not self._may_be_one_role(chosen):
            if not self._find_points(self.text):
                return self._find_roles(chosen, most)
            *results, of_text = self._find_roles([*chosen, self.text], most)
            return [of_text] if _is_spelled_as_title(of_text) else results
        whole = [self.text, self._choose_place()] if self.sides.dashed else [self.text]
        if not self._may_be_misspelled(chosen):
            return [self._find_roles(whole, most)[-1]]
        shared = self.sides.list_shared_titles() if self.sides.joined else []
        results = self._find_roles([*chosen, *shared, *whole], most)
        sides, others = results[: len(chosen)], results[len(chosen) :]
        of_titles = others[: len(shared) + 1] if self.sides.joined else []
        is_one_role = any(of_title.match == "found" for of_title in of_titles)
        is_comparison = not is_one_role and all(side.match == "found" for side in sides)
        return sides if is_comparison else [others[-1]]

    def _answer_certain(self, most: int) -> list[SearchResult]:
        """One result for each side; for a side that names several, such as “teacher or chef”, one for each of these."""
        several: dict[str, tuple[str, ...]] = {}
        for side, inner in self.within.items():
            if not replace(self, text=side, sides=inner)._may_be_one_role(inner.texts):
                several[side] = inner.texts
        chosen = {side: self._choose_ending(side) for side in self.sides.texts}
        texts = [*chosen.values(), *chain.from_iterable(several.values())]
        result_of = dict(zip(texts, self._find_roles(texts, most), strict=True))
        of_sides = [result_of[chosen[side]] for side in self.sides.texts]
        results: list[SearchResult] = []
        for side, of_side in zip(self.sides.texts, of_sides, strict=True):
            within = [result_of[text] for text in several.get(side, ())]
            is_several = len(_list_likeliest(within)) > 1 and not _is_spelled_as_title(of_side)
            results += within if is_several else [of_side]
        return results

    def _choose_place(self) -> str:
        """Which side of a dash is where somebody works: the first one only where it is no title and the last one is."""
        is_first = not self._find_points(self.sides.texts[0]) and self._find_points(self.sides.texts[-1])
        return _LAST_AT_FIRST if is_first else _FIRST_AT_LAST

    def _choose_names(self, chosen: Sequence[str], most: int) -> list[SearchResult]:
        """One result where a role has both names that a slash makes, as for "OB/GYN Nurse"."""
        *results, first, second, of_text = self._find_roles([*chosen, *self.sides.names, self.text], most)
        of_both = _join_names(self.text, [first, second])
        if any(hit.is_called for hit in of_both.roles):
            return [of_both]
        return [of_text] if self._may_be_one_role(chosen) else results

    def _choose_ending(self, side: str) -> str:
        """The side as it stands, or with words of the last one: whichever is a title first."""
        ways = (side, *self.sides.list_endings().get(side, ()))
        titles: list[str] = [*filter(self._find_points, ways), *filter(self._find_points_in_field, ways)]
        return titles[0] if titles else side

    def _may_be_one_role(self, chosen: Sequence[str]) -> bool:
        """Whether the text can be one title. “EMT or paramedic” is one too, but means fewer people than each side."""
        if self.sides.certain:
            return False
        fewest = min(map(self._find_points_in_field, chosen))
        if repeats_words(self.sides.texts):  # "nurse to nurse practitioner", but not "door to door salesman"
            return not fewest
        if not fewest or self._find_points(self.text) > fewest:
            return True
        return self.sides.joined and any(map(self._find_points, [self.text, *self.sides.list_shared_titles()]))

    def _may_be_misspelled(self, chosen: Sequence[str]) -> bool:
        """Whether the text is no title, and a word that a side means is not stored."""
        words = chain.from_iterable(choose_words(self.read[side], self.lexicon) for side in chosen)
        return not self._find_points(self.text) and not all(map(self.lexicon.is_word, words))

    def _find_roles(self, texts: Sequence[str], most: int) -> list[SearchResult]:
        return _find_roles([self.read[text] for text in texts], self.lexicon, most, unfinished=False)

    def _find_points(self, text: str) -> int:
        return find_title_points(self.read[text], self.lexicon, fields=False)

    def _find_points_in_field(self, text: str) -> int:
        """Work that the wage table leaves out is clear, too: “soldier or nurse” is no soldering nurse."""
        points = find_title_points(self.read[text], self.lexicon, fields=not self.sides.joined)
        return points or int(_is_uncounted(self.read[text], self.lexicon))


def _is_uncounted(text: TypedText, lexicon: Lexicon) -> bool:
    """Whether the first of the phrases that is any name is one of work that the wage table leaves out."""
    for phrase in text.phrases:
        if lexicon.find_points(phrase.words):
            return False
        if name_uncounted(phrase.words, stored=all(map(lexicon.is_word, phrase.words))):
            return True
    return False


def _look_up_sides(text: str, sides: Sides) -> _QueryWithSides:
    possible = [*sides.texts, *chain.from_iterable(sides.list_endings().values())]
    within: dict[str, Sides] = {}
    for side in sides.texts if sides.certain or sides.title else ():
        inner = split_sides(side)
        if inner and (inner.apart or not inner.names):  # "OB/GYN nurse vs midwife" are two
            within[side] = inner
            possible += [*inner.texts, *inner.list_shared_titles()]
    if not sides.certain:
        possible += [text, *sides.list_shared_titles(), *sides.names, *filter(None, [sides.title])]
    read = {meant: read_text(meant) for meant in possible}
    for side in filter(DASH.search, sides.texts):  # "Cashier - Whole Foods vs nurse"
        read[side] = read_text(DASH.sub(" at ", side))._replace(text=side)
    if sides.dashed:  # "Cashier - Whole Foods", "Whole Foods - Cashier"
        read[_FIRST_AT_LAST] = read_text(" at ".join(sides.texts))._replace(text=text)
        read[_LAST_AT_FIRST] = read_text(" at ".join(reversed(sides.texts)))._replace(text=text)
    return _QueryWithSides(text, sides, read, _look_up(list(read.values()), unfinished=False), within)


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
        words, beginning = restore_short(text.words, choose_words(text, lexicon), lexicon), ""
        if unfinished and text.words:
            words, beginning = add_beginning(text.words[-1], words)
        others = [phrase.words for phrase in text.phrases if len(phrase.words) > 1 and not unfinished]
        queries.append(TypedQuery(text.words, words, beginning, others))
    readings = read_queries(queries, lexicon)
    fetched = [most if reading.is_plain else most + _MORE_FETCHED for reading in readings]
    roles = index.find_by_terms([reading.weigh_terms() for reading in readings], fetched)
    results = []
    for text, reading, likeliest in zip(texts, readings, roles, strict=True):
        result = build_result(text, reading, likeliest, most, unfinished=unfinished)
        if _is_uncounted(text, lexicon):
            result = SearchResult(text.text, [])  # what is nearest to "soldier" works with solder
        results.append(result)
    return results
