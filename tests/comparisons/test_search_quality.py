"""How well the words that people use find the 830 official occupations, held at what was reached."""

import csv
from pathlib import Path

import pytest
from django.test import Client

from comparisons.search.matching import SearchResult, answer_query, find_roles
from tests.comparisons.all_titles import code_of_slug, store_all_titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_coverage")]

QUERIES = Path(__file__).with_name("search_queries.csv")
# Of 100 queries: right at first, right among the first three, and of 100 that are found how many are wrong.
RIGHT_FIRST, RIGHT_IN_THREE, FOUND_WRONG = 90, 96, 8

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
# These name one role, with a word that parts two sides in others.
WHOLE = {
    "hunting and fishing guide": "39-7010 45-2099 39-9032 39-3091",
    "tool and die maker": "51-4111",
    "secretary or administrative assistant": "43-6014",
    "pipe and boiler insulator": "47-2132 47-2131",
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
)


def codes_of(result: SearchResult, codes: dict[str, str]) -> list[str]:
    return [codes[hit.slug] for hit in result.roles]


def test_the_words_that_people_use_find_the_right_occupation(client: Client) -> None:
    store_all_titles()
    codes = code_of_slug()
    with QUERIES.open(encoding="utf-8", newline="") as file:
        queries = [(row["query"], row["right_codes"].split()) for row in csv.DictReader(file)]
    first = in_three = found = found_wrong = 0
    wrong = []
    for query, right in queries:
        [result] = answer_query(query)
        best = codes_of(result, codes)[:3]
        is_right = best[:1] != [] and best[0] in right
        first += is_right
        in_three += any(code in right for code in best)
        found += result.match == "found"
        found_wrong += result.match == "found" and not is_right
        if not is_right:
            wrong.append(f"{query}: {best}")
    assert len(queries) >= 150
    assert 100 * first >= RIGHT_FIRST * len(queries), wrong
    assert 100 * in_three >= RIGHT_IN_THREE * len(queries), wrong
    assert 100 * found_wrong <= FOUND_WRONG * found, wrong

    for query, right_of_sides in COMPARISONS.items():
        results = answer_query(query)
        assert len(results) == 2, query
        for result, right_codes in zip(results, right_of_sides, strict=True):
            assert codes_of(result, codes)[0] in right_codes.split(), query
        answer = client.get("/roles/", {"q": query})
        slugs = [result.roles[0].slug for result in results]
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"/compare/{slugs[0]}-vs-{slugs[1]}/")
    for query, right_codes in WHOLE.items():
        [result] = answer_query(query)
        assert codes_of(result, codes)[0] in right_codes.split(), query
    for query in NOTHING:
        assert find_roles(query).match == "nothing", query
