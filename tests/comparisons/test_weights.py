"""What matters to the reader on the page: weights in the address, which other comparisons keep."""

import pytest
from django.test import Client
from lxml import html

from comparisons.comparison import compare
from comparisons.judging.weighing import find_aspects
from comparisons.queries.roles import read_current_roles
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.weighed_sections import PAIR

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]


def test_every_product_and_the_sums_stand_on_the_page(client: Client, pair: None) -> None:
    page = open_page(client, f"{PAIR}?pay=3&open=1")
    assert list_texts(page, "#weigh tbody th") == [
        "Payaverage a year, captured on 1 March 2026",
        "Growththe source does not say over how many years, captured on 1 March 2026",
        "Jobsin place of openings, which are not published for all, captured on 1 March 2026",
    ]
    assert list_texts(page, "#weigh tbody td.n span") == [
        *("1.00 × 3 = 3.00", "0.88 × 3 = 2.64"),
        *("1.00", "1.00"),
        *("1.00 × 1 = 1.00", "0.47 × 1 = 0.47"),
    ]
    assert list_texts(page, "#weigh tbody td.n small") == ["$90,615", "$79,670", "+10%", "+10%", "250,590", "117,059"]
    assert list_texts(page, "#weigh tfoot td.n") == ["4.00", "3.11"]
    assert list_texts(page, "#weigh .out") == [
        "By your weights, Lead technician: 4.00 of 4, against 3.11 for Software support technician. "
        "No single weight changes it."
    ]


def test_nothing_counts_until_a_reader_says_so(client: Client, pair: None) -> None:
    page = open_page(client, PAIR)
    assert list_texts(page, "#weigh tfoot td.n") == ["—", "—"]
    assert list_texts(page, "#weigh .out") == [""]
    assert page.cssselect("#weigh option[selected]") == []


@pytest.mark.parametrize(
    "query", ["pay=4", "pay=-1", "pay=1.5", "pay=", "pay=three", "pay=%00", "open=03", "women=3", "female_percent=3"]
)
def test_values_that_are_no_weights_count_as_nothing(client: Client, pair: None, query: str) -> None:
    page = open_page(client, f"{PAIR}?{query}")
    assert list_texts(page, "#weigh tfoot td.n") == ["—", "—"]
    assert page.cssselect("#weigh option[selected]") == []


def test_an_address_with_no_weight_for_an_aspect_says_what_became_of_it(client: Client, pair: None) -> None:
    refused = "The address gives pay and ways in no weight from 0 to 3: that counts as 0. "
    [text] = list_texts(open_page(client, f"{PAIR}?pay=9&ways=much&grow="), "#weigh .out")
    assert text == refused.strip()
    [text] = list_texts(open_page(client, f"{PAIR}?pay=9&ways=-1&open=2"), "#weigh .out")
    assert text.startswith(f"{refused}By your weights, Lead technician: 2.00 of 2")
    assert list_texts(open_page(client, f"{PAIR}?pay=0&utm_source=9"), "#weigh .out") == [""]


def test_the_rule_of_a_toss_up_is_printed(client: Client, pair: None) -> None:
    assert (
        "Sums that lie less than 5% of your weights apart are a toss-up."
        in list_texts(open_page(client, PAIR), ".cap")[0]
    )


def test_who_does_the_work_is_no_aspect(pair: None) -> None:
    aspects, missing = find_aspects(compare(read_current_roles(["lead-technician", "software-support-technician"])))
    assert [aspect.name for aspect in aspects] + [aspect.name for aspect in missing] == [
        "pay",
        "grow",
        "open",
        "ways",
        "rise",
    ]
    assert not any(aspect.key.startswith("demographics") for aspect in aspects)


def test_the_form_asks_for_the_same_page_and_keeps_the_state(client: Client, pair: None) -> None:
    form = open_page(client, f"{PAIR}?where=CA&prices=1&pay=2").get_element_by_id("weigh")
    assert form.get("action") == "#weigh-up"
    assert dict(form.form_values()) == {"where": "CA", "prices": "1", "pay": "2", "grow": "0", "open": "0"}


def test_an_address_with_an_unknown_state_still_has_the_form(client: Client, pair: None) -> None:
    form = open_page(client, f"{PAIR}?where=Nowhere&pay=2", 400).get_element_by_id("weigh")
    assert dict(form.form_values()) == {"pay": "2", "grow": "0", "open": "0"}


def test_each_weight_has_a_name_for_screen_readers(client: Client, pair: None) -> None:
    labels = [element.get("aria-label") for element in open_page(client, PAIR).cssselect("#weigh select")]
    assert labels == ["How much it matters: pay", "How much it matters: growth", "How much it matters: jobs"]


def test_links_to_other_comparisons_keep_the_weights(client: Client, pair: None) -> None:
    page = open_page(client, f"{PAIR}?where=CA&open=2&pay=3")
    links = [link.get("href") for link in page.cssselect(".change a")]
    assert "/compare/software-support-technician-vs-lead-technician/?where=CA&pay=3&open=2" in links
    sent = dict(page.cssselect(".change form")[0].form_values())
    assert (sent["where"], sent["pay"], sent["open"]) == ("CA", "3", "2")


def test_the_canonical_address_and_files_are_without_weights(client: Client, pair: None) -> None:
    page = open_page(client, f"{PAIR}?pay=3")
    kept = [link.get("href") for link in page.cssselect("link[rel=canonical], link[rel=alternate], .take a")]
    assert [address for address in kept if "pay" in address] == []
    assert page.cssselect("link[rel=canonical]")[0].get("href").endswith(PAIR)


def test_pickers_and_redirects_keep_the_weights(client: Client, pair: None) -> None:
    answer = client.get("/compare/?role=lead+technician&role=software+support+technician&pay=3&grow=7")
    assert answer.headers["Location"] == f"{PAIR}?pay=3"
    form = open_page(client, "/compare/?role=lead-technician&pay=3").cssselect("main form")[0]
    assert dict(form.form_values())["pay"] == "3"


def test_the_offline_file_has_no_form(client: Client, pair: None) -> None:
    content = client.get(f"{PAIR[:-1]}.html?pay=3").content.decode()
    assert html.document_fromstring(content).cssselect("#weigh, #stand") == []
