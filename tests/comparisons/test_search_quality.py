"""How well the words that people use find the 830 official occupations, held at what was reached."""

import pytest
from django.test import Client

from bench.search_quality import QUERIES, rate
from careers.models import Role
from comparisons.search.matching import answer_query, find_roles
from comparisons.search.results import SearchResult
from tests.comparisons.all_titles import read_codes_by_slug, read_codes_of_titles, store_all_titles

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

# Of 100 queries: right at first, right among the first three, and of 100 that are found how many are wrong.
RIGHT_FIRST, RIGHT_IN_THREE, FOUND_WRONG = 98, 99, 1

# Of every twentieth title with brackets, how many do not find an occupation that has them among the first three.
MISSED_WITH_BRACKETS = 6

# Query -> the codes that are right on each side.
COMPARISONS = {
    "nurse vs doctor": ("29-1141", "29-1215 29-1216 29-1229"),
    "plumber v carpenter": ("47-2152", "47-2031"),
    "paralegal versus lawyer": ("23-2011", "23-1011"),
    "difference between a chef and a cook": ("35-1011", "35-2014 35-2011"),
    "compare dentist to orthodontist": ("29-1021", "29-1023"),
    "compare barber with hairdresser": ("39-5011", "39-5012"),
    "comparison between florist and gardener": ("27-1023", "37-3011"),
    "from waiter to chef": ("35-3031", "35-1011"),
    "cashier or barista": ("41-2011", "35-3023"),
    "roofer / carpenter": ("47-2181", "47-2031"),
    "should i be a dentist or a pharmacist": ("29-1021", "29-1051"),
    "who earns more an actuary or a statistician": ("15-2011", "15-2041"),
    "which pays better, welder or machinist": ("51-4121", "51-4041"),
    "chemist vs physicist salary": ("19-2031", "19-2012"),
    "bus driver vs. truck driver": ("53-3051 53-3052", "53-3032"),
    "bricklayers vs roofers": ("47-2021", "47-2181"),
}
# These name one role, with a word that separates two sides in others.
WHOLE = {
    "hunting and fishing guide": "39-7010 45-2099 39-9032 39-3091",
    "tool and die maker": "51-4111",
    "secretary or administrative assistant": "43-6014",
    "pipe and boiler insulator": "47-2132 47-2131",
    "driver/sales worker": "53-3031",
    "Bunch Maker, Hand": "51-9199",
    "auto a/c mechanic": "49-3023",
}
NOTHING = (
    "wages and salaries",
    "how much do people earn",
    "jobs near me",
    "best paying careers",
    "qwrtzxc",
    "emperor",
    "unicorn",
    "what should i do",
    "part time jobs from home",
    "income",
    "what time is it",
    "what does it do",
)
# No work is called so: a title only resembles these words, or is one of them with an ending.
NEAREST_AT_MOST = """
apple banana basement batman belly black bone bottle broke bus camera clock conversation curry dollar fever frog glass
golf hero hobby hope interest judged knife march marry miami milk moon nothing paris pink poor positive rock sandy snake
sometimes stranger superman tiktok tree tremor valley valuable vampire walmart watch witch
""".split()
# Misspelled words that few people have in their title, or that lack several letters.
MISSPELLED = {
    "firefiter": "33-2011",
    "vetinarian": "29-1131",
    "croupeir": "39-3011",
    "bellhopp": "39-6011",
    "weavver": "51-6063",
    "zoologst": "19-1023",
    "geolgist": "19-2042",
    "upholstrer": "51-6093",
    "plastrer": "47-2161",
}


def list_codes(result: SearchResult, codes: dict[str, str]) -> list[str]:
    return [codes[hit.slug] for hit in result.roles]


def test_the_words_that_people_use_find_the_right_occupation(client: Client) -> None:
    store_all_titles()
    rating = rate(QUERIES)
    assert rating.queries >= 850
    assert 100 * rating.right_first >= RIGHT_FIRST * rating.queries, rating.wrong
    assert 100 * rating.right_in_three >= RIGHT_IN_THREE * rating.queries, rating.wrong
    assert 100 * rating.found_wrong <= FOUND_WRONG * rating.found, rating.wrong

    codes = read_codes_by_slug()
    for query, codes_of_sides in COMPARISONS.items():
        assert_both_sides_are_found(client, query, codes_of_sides, codes)
    for query, right_codes in WHOLE.items():
        [result] = answer_query(query)
        assert list_codes(result, codes)[0] in right_codes.split(), query
    for title in Role.objects.values_list("title", flat=True):
        assert len(answer_query(title)) == 1, title
    assert_titles_find_their_occupations(codes)
    for query in NOTHING:
        assert find_roles(query).match == "nothing", query
    for query in ("ice cream", *NEAREST_AT_MOST):
        assert find_roles(query).match != "found", query
    for query, code in MISSPELLED.items():
        result = find_roles(query)
        assert (list_codes(result, codes)[0], result.match) == (code, "found"), query


def assert_titles_find_their_occupations(codes: dict[str, str]) -> None:
    """Everyday titles with a slash or brackets, typed as they are spelled. `codes`: slug -> code."""
    titles = read_codes_of_titles()
    with_slash = [title for title in titles if "/" in title]
    with_brackets = [title for title in titles if "(" in title][::20]
    results = {title: answer_query(title) for title in (*with_slash, *with_brackets)}
    as_comparison = [title for title, sides in results.items() if len(sides) > 1]
    assert as_comparison == ["Computed Tomography/Magnetic Resonance Imaging (CT/MRI) Technologist"]
    missed = [title for title, sides in results.items() if titles[title].isdisjoint(list_codes(sides[0], codes)[:3])]
    assert not set(missed).intersection(with_slash)
    assert len(missed) <= MISSED_WITH_BRACKETS, missed


def assert_both_sides_are_found(
    client: Client, query: str, codes_of_sides: tuple[str, str], codes: dict[str, str]
) -> None:
    """`codes_of_sides`: those that are right on each side. `codes`: slug -> code."""
    results = answer_query(query)
    assert len(results) == 2, query
    for result, right_codes in zip(results, codes_of_sides, strict=True):
        assert list_codes(result, codes)[0] in right_codes.split(), query
    answer = client.get("/roles/", {"q": query})
    slugs = [result.roles[0].slug for result in results]
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/compare/{slugs[0]}-vs-{slugs[1]}/")
