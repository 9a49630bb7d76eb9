"""What machines learn about a page: one address for every order, a whole sentence, roles in the words of schema.org."""

import json
from itertools import permutations
from typing import Any

import pytest
from django.test import Client
from lxml import html

from comparisons.views.metadata import DESCRIBED
from tests.comparisons.official import Occupation, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROFESSIONAL,
    PROGRAM,
    SOFTWARE,
    read_fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database, pytest.mark.without_coverage]

PAIR = "/compare/lead-technician-vs-software-support-technician/"
HOSTILE = "</script><script>alert(1)</script> \"quoted\" 'too' & \u2028 \u2029 <!--"


def read_meta_content(page: html.HtmlElement, name: str) -> str:
    tags = page.cssselect(f'meta[name="{name}"], meta[property="{name}"]')
    assert len(tags) == 1, name
    content: str = tags[0].get("content")
    return content


def read_occupations(page: html.HtmlElement) -> list[dict[str, Any]]:
    tags = page.cssselect('script[type="application/ld+json"]')
    assert len(tags) == 1
    data = json.loads(tags[0].text)
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_order_of_the_same_roles_has_one_canonical_address(client: Client, count: int) -> None:
    slugs = [store_role(title).slug for title in (SOFTWARE, LEAD, PROGRAM, GUIDE)[:count]]
    expected = f"http://testserver/compare/{'-vs-'.join(sorted(slugs))}/"
    for order in permutations(slugs):
        page = open_page(client, f"/compare/{'-vs-'.join(order)}/")
        assert page.cssselect("link[rel=canonical]")[0].get("href") == read_meta_content(page, "og:url") == expected


def test_a_comparison_is_described_by_its_computed_sentences(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    page = open_page(client, PAIR)
    description = read_meta_content(page, "description")
    assert description == (
        "Lead technicians earn more on average and are more numerous. Software support technicians lead on none of "
        "these, which says nothing about the work itself."
    )
    assert description == read_meta_content(page, "og:description")
    assert read_meta_content(page, "og:title") == "Lead technician or software support technician?"
    assert read_meta_content(page, "og:type") == "website"
    assert read_meta_content(page, "og:site_name") == "Rolewise"


def test_the_origin_of_figures_is_named_where_there_is_room(client: Client) -> None:
    load_release(2025, Occupation("11-1011", "Bakers"), Occupation("11-1021", "Cooks", yearly=78_000))
    slugs = find_slugs("11-1011", "11-1021")
    description = read_meta_content(open_page(client, f"/compare/{'-vs-'.join(slugs)}/"), "description")
    assert description == (
        "Cooks earn more. Bakers lead on none of the points compared, which says nothing about the work itself. U.S. "
        "Bureau of Labor Statistics, May 2025."
    )


def test_one_blank_parts_the_sentences_where_no_pay_is_published(client: Client) -> None:
    load_release(
        2025, Occupation("11-1011", "Bakers", times=()), Occupation("11-1021", "Cooks", jobs=900_000, times=())
    )
    slugs = find_slugs("11-1011", "11-1021")
    description = read_meta_content(open_page(client, f"/compare/{'-vs-'.join(slugs)}/"), "description")
    assert description == (
        "Cooks are more numerous. Nothing but the number of jobs can be compared here. U.S. Bureau of Labor "
        "Statistics, May 2025."
    )


@pytest.mark.parametrize(
    "titles", [(LEAD, SOFTWARE), (PROGRAM, CUSTOMER), (LEAD, GUIDE), (LEAD, GUIDE, PROGRAM, CUSTOMER), (GUIDE, PROGRAM)]
)
def test_a_description_is_short_and_whole(client: Client, titles: tuple[str, ...]) -> None:
    slugs = [store_role(title).slug for title in titles]
    description = read_meta_content(open_page(client, f"/compare/{'-vs-'.join(slugs)}/"), "description")
    assert 20 < len(description) <= DESCRIBED
    assert description.endswith(".")
    assert not {"None", "null", "—", "●", "◆"} & set(description.split())


@pytest.mark.parametrize("words", ["Mat Plaiting", "Mat Plaiting and Wicker Furniture Weaving"])
def test_a_verdict_without_room_for_its_last_words_still_describes_the_page(client: Client, words: str) -> None:
    titles = (f"{words} Bakers", f"{words} Cooks")
    load_release(2025, Occupation("11-1011", titles[0]), Occupation("11-1021", titles[1], yearly=78_000))
    slugs = find_slugs("11-1011", "11-1021")
    description = read_meta_content(open_page(client, f"/compare/{'-vs-'.join(slugs)}/"), "description")
    assert description.startswith(f"{words.capitalize()} cooks earn more. {words.capitalize()} bakers lead on none")


def test_several_roles_are_described_by_the_first_sentences_of_the_verdict(client: Client) -> None:
    words, codes = "Extraordinary Weavers of Small Mats and", [f"11-10{number}1" for number in range(1, 4)]
    occupations = []
    for code, name, yearly in zip(codes, ("Bakers", "Cooks", "Millers"), (30_000, 90_000, 31_000), strict=True):
        occupations.append(Occupation(code, f"{words} {name}", yearly=yearly))
    load_release(2025, *occupations)
    page = open_page(client, f"/compare/{'-vs-'.join(find_slugs(*codes))}/")
    [verdict] = list_texts(page, ".say")
    assert len(verdict) > DESCRIBED
    description = read_meta_content(page, "description")
    first = f"{words.capitalize()} cooks earn the most."
    assert verdict.startswith(f"{first} ")
    assert description == f"{first} U.S. Bureau of Labor Statistics, May 2025."


def test_four_long_titles_describe_the_page_where_nothing_more_has_room(client: Client) -> None:
    codes = [f"11-10{number}1" for number in range(1, 5)]
    for code in codes:
        load_release(2025, Occupation(code, f"Extraordinary Weavers of Mats {code[-2]}"))
    description = read_meta_content(open_page(client, f"/compare/{'-vs-'.join(find_slugs(*codes))}/"), "description")
    assert description.count(" vs Extraordinary") == 3


def test_long_titles_are_described_in_general_words_and_never_cut(client: Client) -> None:
    for number in range(2):
        store_role_from(read_fixture_facts()[LEAD] | {"title": f"{'Extraordinarily Long Title ' * 4}{number}"})
    slug = "-".join(["extraordinarily-long-title"] * 4)
    description = read_meta_content(open_page(client, f"/compare/{slug}-0-vs-{slug}-1/"), "description")
    assert len(description) <= DESCRIBED
    assert description.endswith(".")


def test_a_role_is_described_by_what_is_published_of_it(client: Client) -> None:
    store_role(LEAD), store_role(GUIDE)
    page = open_page(client, "/roles/lead-technician/")
    assert read_meta_content(page, "description") == (
        "Lead technicians average $90,615 a year, and there are 250,590 jobs (Zippia, captured on 1 March 2026)."
    )
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "http://testserver/roles/lead-technician/"
    guide = read_meta_content(open_page(client, "/roles/software-technician/"), "description")
    assert guide.startswith("What software technicians do")


def test_an_occupation_is_described_by_its_median_as_on_its_page(client: Client) -> None:
    load_release(2025, Occupation("11-1011", "Bakers"))
    [slug] = find_slugs("11-1011")
    assert read_meta_content(open_page(client, f"/roles/{slug}/"), "description") == (
        "Half of bakers earn more than $49,400 a year, and there are 100,000 jobs (U.S. Bureau of Labor Statistics, "
        "May 2025)."
    )


@pytest.mark.parametrize("address", ["/", "/roles/"])
def test_pages_of_many_roles_are_described_too(client: Client, address: str) -> None:
    store_role(LEAD), store_role(SOFTWARE), store_role(PROFESSIONAL)
    page = open_page(client, address)
    assert 50 < len(read_meta_content(page, "description")) <= DESCRIBED
    assert (
        read_meta_content(page, "og:url")
        == page.cssselect("link[rel=canonical]")[0].get("href")
        == f"http://testserver{address}"
    )
    assert read_meta_content(page, "og:title")


def test_another_order_of_the_list_is_the_same_page(client: Client) -> None:
    store_role(LEAD)
    page = open_page(client, "/roles/?sort=-pay")
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "http://testserver/roles/"


# -- JSON-LD --------------------------------------------------------------------------------------------------


def test_an_average_and_a_range_are_an_amount_and_no_percentiles(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    first, second = read_occupations(open_page(client, PAIR))
    assert first == {
        "@type": "Occupation",
        "name": LEAD,
        "url": "http://testserver/roles/lead-technician/",
        "estimatedSalary": {
            "@type": ["MonetaryAmountDistribution", "MonetaryAmount"],
            "name": "Yearly pay as published by Zippia, captured on 1 March 2026",
            "currency": "USD",
            "duration": "P1Y",
            "value": 90615,
            "minValue": 67000,
            "maxValue": 121000,
        },
    }
    assert second["name"] == SOFTWARE


def test_a_median_and_percentiles_are_stated_where_the_publisher_gives_them(client: Client) -> None:
    given = {"annual_median": 50_000, "annual_p10": 30_000, "annual_p90": 80_000}
    nothing = {"annual_average": None, "annual_low": None, "annual_high": None}
    store_role(LEAD, salary=given | nothing)
    (described,) = read_occupations(open_page(client, "/roles/lead-technician/"))
    assert described["estimatedSalary"] == {
        "@type": ["MonetaryAmountDistribution"],
        "name": "Yearly pay as published by Zippia, captured on 1 March 2026",
        "currency": "USD",
        "duration": "P1Y",
        "percentile10": 30_000,
        "median": 50_000,
        "percentile90": 80_000,
    }


def test_a_role_without_pay_is_an_occupation_without_salary(client: Client) -> None:
    store_role(GUIDE)
    (described,) = read_occupations(open_page(client, "/roles/software-technician/"))
    assert described == {
        "@type": "Occupation",
        "name": GUIDE,
        "url": "http://testserver/roles/software-technician/",
    }


def test_hostile_titles_stay_inside_the_data(client: Client) -> None:
    role, lead = store_role_from(read_fixture_facts()[LEAD] | {"title": HOSTILE}), store_role(SOFTWARE)
    for address in (f"/roles/{role.slug}/", f"/compare/{role.slug}-vs-{lead.slug}/"):
        body = client.get(address).content.decode()
        page = html.document_fromstring(body)
        assert read_occupations(page)[0]["name"] == HOSTILE
        assert read_meta_content(page, "og:title").startswith(HOSTILE.partition(" &")[0])
        assert "<script>alert" not in body
        data = body.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert not set("<>&\u2028\u2029") & set(data)


def test_data_that_ends_its_script_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comparisons.views.metadata._ESCAPES", {})
    with pytest.raises((AssertionError, ValueError)):
        test_hostile_titles_stay_inside_the_data(client)
