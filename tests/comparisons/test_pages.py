"""The pages people read: their addresses, what they say, what they cost."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from jinja2.runtime import Context
from lxml import html

from careers.models import Citation, Role, RoleAlias
from careers.names import make_slug
from comparisons.queries import revision
from comparisons.titles import as_shown
from tests.comparisons.figure_tables import find_missing_facts, list_figure_texts
from tests.comparisons.opened_pages import count_queries, list_texts, open_page
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROFESSIONAL,
    PROGRAM,
    SOFTWARE,
    SPECIALIST,
    read_fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = [pytest.mark.django_db, pytest.mark.without_coverage]

PAIR = "/compare/lead-technician-vs-software-support-technician/"


@pytest.fixture(scope="module", autouse=True)
def stored(module_transaction: None) -> None:
    for title in (LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM, CUSTOMER, GUIDE):
        store_role(title)


@pytest.fixture
def seven() -> list[Role]:
    return list(Role.objects.order_by("pk"))


# -- Addresses ------------------------------------------------------------------------------------------------


def test_the_order_of_the_address_is_the_order_of_the_page(client: Client, seven: list[Role]) -> None:
    turned = "/compare/software-support-technician-vs-lead-technician/"
    assert list_texts(open_page(client, PAIR), "h1 .m") == ["Lead technician", "software support technician?"]
    assert list_texts(open_page(client, turned), "h1 .m") == ["Software support technician", "lead technician?"]


def show_titles(*titles: str) -> list[str]:
    """Titles as pages write them."""
    return [as_shown(title) for title in titles]


def test_three_and_four_roles_share_a_page(client: Client, seven: list[Role]) -> None:
    four = "/compare/lead-technician-vs-software-technician-vs-program-support-technician-vs-professional-technician/"
    page = open_page(client, four)
    assert list_texts(page, "h1") == [
        "Lead technician, software technician, program support technician or professional technician?"
    ]
    assert list_texts(page, ".who a") == show_titles(LEAD, GUIDE, PROGRAM, PROFESSIONAL)


def test_more_than_four_roles_are_explained(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/a-vs-b-vs-c-vs-d-vs-e/", 404)
    assert list_texts(page, ".say")[0].startswith("5 roles are too many for one page: 4 can be read side by side.")
    asked = "/compare/?" + "&".join(f"role={role.slug}" for role in seven[:5])
    assert "5 roles are too many" in list_texts(open_page(client, asked, 404), ".say")[0]


def test_a_role_beside_itself_is_explained(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/lead-technician-vs-lead-technician/")
    assert "Every row would be the same, so there is nothing to compare." in page.text_content()
    assert "everything stored about lead technicians" in page.text_content()
    twice = open_page(client, "/compare/lead-technician-vs-software-support-technician-vs-lead-technician/")
    assert list_texts(twice, ".say") == ["Its columns would be the same."]  # of two roles there is much to compare
    assert twice.cssselect("main p a")[0].get("href") == PAIR
    second = open_page(
        client, "/compare/lead-technician-vs-software-support-technician-vs-software-support-technician/"
    )
    assert list_texts(second, "h1") == ["Software support technician beside itself"]


def test_an_unknown_role_is_not_found_and_near_titles_are_suggested(client: Client, seven: list[Role]) -> None:
    for address in ("/roles/lead-tecnician/", "/compare/lead-tecnician-vs-software-support-technician/"):
        page = open_page(client, address, 404)
        assert "/roles/lead-technician/" in [link.get("href") for link in page.cssselect("main a")]


def test_another_title_leads_to_the_role_and_keeps_the_order(client: Client, seven: list[Role]) -> None:
    RoleAlias.objects.create(role=seven[0], title="Head Technician", slug="head-technician")
    assert client.get("/roles/head-technician/").headers["Location"] == "/roles/lead-technician/"
    answer = client.get("/compare/software-support-technician-vs-head-technician/")
    assert answer.headers["Location"] == "/compare/software-support-technician-vs-lead-technician/"


def test_an_address_with_an_empty_side_leads_to_the_form_with_the_other_filled_in(
    client: Client, seven: list[Role]
) -> None:
    for address in ("/compare/lead-technician-vs-/", "/compare/-vs-lead-technician/"):
        answer = client.get(address, follow=True)
        page = html.document_fromstring(answer.content.decode())
        assert [element.get("value") for element in page.cssselect("input[name=role]")] == [LEAD, ""]
    gap = "/compare/lead-technician-vs--vs-software-support-technician/"
    assert client.get(gap).headers["Location"] == PAIR
    assert client.get("/compare/lead-technician-vs-.json").headers["Location"] == "/compare/lead-technician.json"


def test_two_roles_in_the_address_of_one_are_compared(client: Client, seven: list[Role]) -> None:
    response = client.get("/roles/lead-technician-vs-software-technician/?where=CA", follow=True)
    assert response.redirect_chain == [("/compare/lead-technician-vs-software-technician/?where=CA", 302)]
    assert response.status_code == 200


def test_pages_are_only_read(client: Client, seven: list[Role]) -> None:
    for address in ("/", "/roles/", "/roles/suggest", "/roles/lead-technician/", PAIR, "/compare/"):
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


# -- Pickers --------------------------------------------------------------------------------------------------


def test_slugs_and_typed_titles_lead_to_the_comparison(client: Client, seven: list[Role]) -> None:
    for typed in (
        ("lead-technician", "software-support-technician"),
        ("LEAD technician", " software support TECHNICIAN"),
    ):
        assert client.get("/compare/", {"role": typed}).headers["Location"] == PAIR


def test_empty_pickers_do_not_count(client: Client, seven: list[Role]) -> None:
    asked = {"role": ["lead technician", "", "software support technician", " "]}
    assert client.get("/compare/", asked).headers["Location"] == PAIR


def test_an_unclear_title_leads_to_the_likeliest_with_the_others_on_the_page(client: Client, seven: list[Role]) -> None:
    answer = client.get("/compare/?role=lead+technician&role=software", follow=True)
    [(address, status)] = answer.redirect_chain
    assert status == 302
    assert address == "/compare/lead-technician-vs-software-support-specialist/?q=lead+technician+vs+software"
    page: html.HtmlElement = html.document_fromstring(answer.content.decode())
    [software] = page.cssselect(".meant[open] li")  # and not "lead technician", the title of its role
    assert " ".join(str(software.xpath("string()")).split()).startswith(
        "“software” was taken for Software support specialist. It could also be "
    )
    others = [(str(link.xpath("string()")), str(link.get("href"))) for link in software.cssselect("a")]
    other = "/compare/lead-technician-vs-software-technician/?q=lead+technician+vs+software"
    assert ("Software technician", other) in others
    assert client.get(others[0][1]).status_code == 200


def test_an_unclear_title_beside_an_unknown_one_gets_a_choice(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/?role=software&role=qqqqqq")
    assert set(list_texts(page, "select[name=role] option")) == {*show_titles(GUIDE, SPECIALIST, SOFTWARE)}
    assert page.cssselect("select")[0].get("id") == page.cssselect("main label")[0].get("for")


def test_a_title_that_nobody_has_is_said_to_be_unknown(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/?role=lead+technician&role=qqqqqq")
    assert list_texts(page, ".wrong") == ["No role is called “qqqqqq”. Try another title, or look through all roles."]
    assert page.cssselect(".wrong a")[0].get("href") == "/roles/"
    assert [element.get("value") for element in page.cssselect("input[name=role]")] == [LEAD, "qqqqqq"]
    [message] = page.cssselect(".wrong")
    [typed] = page.cssselect(f"input[aria-invalid=true][aria-describedby={message.get('id')}]")
    assert typed.get("value") == "qqqqqq"
    assert message.getprevious() is typed.getparent(), "it stands below what it is about"


def test_one_role_or_none_asks_for_more(client: Client, seven: list[Role]) -> None:
    assert list_texts(open_page(client, "/compare/"), ".say") == ["Type two titles, or what people call them."]
    page = open_page(client, "/compare/?role=lead-technician")
    assert list_texts(page, ".say") == ["Choose a second role to compare with lead technician."]
    assert client.get("/compare/lead-technician/").headers["Location"] == "/compare/?role=lead-technician"


@pytest.mark.parametrize(
    ("query", "filled"),
    [("", ["", ""]), ("role=lead-technician", [LEAD, ""]), ("role=qqqq&role=lead-technician", ["qqqq", LEAD])],
)
def test_the_first_input_that_names_no_role_takes_what_is_typed_at_once(
    client: Client, seven: list[Role], query: str, filled: list[str]
) -> None:
    inputs = open_page(client, f"/compare/?{query}").cssselect("main input[name=role]")
    assert [element.get("value") for element in inputs] == filled
    [focused] = [element for element in inputs if element.get("autofocus") is not None]
    assert focused.get("value") in ("", "qqqq")
    assert focused is inputs[filled.index(focused.get("value") or "")]


def test_each_side_can_be_replaced_swapped_and_removed_without_script(client: Client, seven: list[Role]) -> None:
    page = open_page(client, PAIR)
    form = page.cssselect(".change form")[0]
    assert (form.get("action"), form.get("method")) == ("/compare/", "get")
    assert [element.get("value") for element in form.cssselect("input[name=role]")] == [
        *show_titles(LEAD, SOFTWARE),
        "",
    ]
    links = {link.text: link.get("href") for link in form.cssselect("a")}
    assert links["Swap sides"] == "/compare/software-support-technician-vs-lead-technician/"
    three = open_page(client, PAIR[:-1] + "-vs-software-technician/")
    left_out = {link.text: link.get("href") for link in three.cssselect(".change form a")}
    assert left_out["Leave out Software technician"] == PAIR


# -- What the pages say ---------------------------------------------------------------------------------------


def test_the_home_page_offers_pickers_pairs_and_counts(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/")
    assert len(page.cssselect("form input[name=role]")) == 2
    assert PAIR in [link.get("href") for link in page.cssselect("#questions a")]
    assert list_texts(page, ".behind")[0].startswith(
        "Behind this: 7 roles from 5 pages of 2 publishers (Zippia, Jobicy)"
    )
    assert "1 March 2026" in list_texts(page, ".behind")[0]


def test_the_list_of_roles_shows_one_publisher_and_says_which(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/roles/")
    assert "with figures from Zippia" in list_texts(page, ".lede")[0]
    assert list_texts(page, "tbody th") == sorted(
        show_titles(LEAD, SOFTWARE, PROFESSIONAL, SPECIALIST, PROGRAM, CUSTOMER)
    )
    assert list_texts(open_page(client, "/roles/?publisher=jobicy"), "tbody th") == show_titles(GUIDE)
    assert client.get("/roles/?publisher=nobody").headers["Location"] == "/roles/"


def test_a_role_page_holds_everything_stored_about_it(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/roles/customer-support-technician/")
    text = " ".join(page.text_content().split())
    for expected in ("$36,361", "$23,000 to $56,000", "New York, NY", "117,102", "1 to 2 years", "Stanford University"):
        assert expected in text
    for expected in (*read_fixture_facts()[CUSTOMER]["duties"], read_fixture_facts()[CUSTOMER]["summary"]):
        assert expected in text
    assert "Customer Service 12%" in text
    assert "Compare with" in list_texts(page, "h2")
    assert "Zippia sets the two side by side" in text


def find_headings_over_nothing(page: html.HtmlElement) -> list[str]:
    """Headings after which their section ends, or the next heading of their rank comes, without a word between."""
    bare = []
    for heading in page.cssselect("main section > h2, main h3, main h4"):
        following = []
        for element in heading.itersiblings():
            if element.tag in ("h2", "h3", "h4") and element.tag <= heading.tag:
                break
            following.append(element.text_content())
        if not "".join(following).strip():
            bare.append(heading.text_content())
    return bare


def test_no_heading_stands_over_nothing(client: Client, seven: list[Role]) -> None:
    store_role_from({"title": "Bare Role", "summary": "They do things."})
    store_role_from({"title": "Empty Role"})
    addresses = [f"/roles/{slug}/" for slug in ("bare-role", "empty-role", "lead-technician", "software-technician")]
    addresses += ["/compare/bare-role-vs-empty-role/", "/compare/bare-role-vs-lead-technician/", PAIR]
    for address in addresses:
        page = open_page(client, address)
        assert find_headings_over_nothing(page) == [], address
    assert "The work" not in list_texts(open_page(client, "/roles/empty-role/"), "h2")
    assert "Median pay, the number of jobs" in find_missing_facts(open_page(client, addresses[4]))


def test_a_guide_is_shown_whole_with_its_licence(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/roles/software-technician/")
    headings = list_texts(page, "#work details h4")
    assert headings == [section["heading"] for section in read_fixture_facts()[GUIDE]["sections"]]
    assert list_texts(page, "#skills header p")[0] == "As its page lists them."
    licence = page.cssselect("a[rel~=license]")[0]
    assert (licence.text, licence.get("href")) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


def test_what_is_missing_says_why(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/lead-technician-vs-software-technician/")
    assert list_figure_texts(page, "Average pay a year")[1] == "not in this source"
    assert "Job satisfaction, occupation group: not published for either." in find_missing_facts(
        open_page(client, PAIR)
    )


def test_what_is_the_same_leaves_the_table_and_figures_of_a_whole_group_are_named(
    client: Client, seven: list[Role]
) -> None:
    page = open_page(client, PAIR)
    assert "Growth" not in " ".join(list_texts(page, ".pairs .q"))
    [same] = [text for text in list_texts(page, ".same") if text.startswith("The same for both")]
    assert "Growth rate: +10%." in same
    assert "the same for every stored role of Zippia, likely" in same
    assert "no help in choosing" in same


def test_an_official_occupation_tells_its_code(client: Client, seven: list[Role]) -> None:
    lead, other = seven[:2]
    Role.objects.filter(pk=lead.pk).update(soc_code="29-1141")
    notes = list_texts(open_page(client, lead.get_absolute_url()), ".note")
    assert "Officially Lead Technician (29-1141), United States." in notes
    assert client.get(f"/roles/{lead.slug}.json").json()["soc_code"] == "29-1141"
    assert "Officially" not in client.get(other.get_absolute_url()).text
    assert client.get(f"/roles/{other.slug}.json").json()["soc_code"] is None


def test_a_comparison_gives_the_official_titles_of_occupations_alone(client: Client, seven: list[Role]) -> None:
    one, other = seven[:2]
    address = f"/compare/{one.slug}-vs-{other.slug}/"
    assert "Officially" not in client.get(address).text
    Role.objects.filter(pk=one.pk).update(soc_code="29-1141")
    assert "Officially Lead Technician (29-1141)" in list_texts(open_page(client, address), ".note")
    Role.objects.filter(pk=other.pk).update(soc_code="29-1151")
    official = "Officially Lead Technician (29-1141), Software Support Technician (29-1151)"
    assert official in list_texts(open_page(client, address), ".note")


def test_figures_of_one_publisher_that_gives_no_month_are_said_to_have_no_year(
    client: Client, seven: list[Role]
) -> None:
    note = "Figures of one publisher, Zippia, which gives no year for them."
    assert note in list_texts(open_page(client, PAIR), ".hero .note")
    Citation.objects.update(figures_of=date(2025, 5, 1))
    assert "one publisher" not in open_page(client, PAIR).text_content()


def test_a_value_that_is_the_same_ends_with_its_full_stop_on_its_last_line(client: Client, seven: list[Role]) -> None:
    values = list_texts(open_page(client, PAIR), ".same button")
    assert values
    assert all(value.endswith(".") for value in values)


def test_a_source_tells_of_which_month_its_figures_are(client: Client, seven: list[Role]) -> None:
    Citation.objects.update(figures_of=date(2025, 5, 1))
    (source,) = list_texts(open_page(client, seven[0].get_absolute_url()), "#sources .src li, .sources li")
    assert "figures of May 2025, captured on 1 March 2026" in source


def test_each_source_names_the_roles_it_is_used_for(client: Client, seven: list[Role]) -> None:
    sources = list_texts(open_page(client, "/compare/lead-technician-vs-software-technician/"), "#sources .src li")
    assert sources[0].endswith("captured on 1 March 2026, for Lead technician. Text by Zippia.")
    assert ", for Software technician. License: CC BY 4.0." in sources[1]


def test_each_document_of_a_publisher_is_a_sentence_on_a_line(client: Client, seven: list[Role]) -> None:
    page = open_page(client, "/compare/lead-technician-vs-program-support-technician/")
    [publisher] = list_texts(page, "#sources .src li")
    lines = list_texts(page, "#sources .src div")
    assert len(lines) == 2
    assert publisher.startswith(f"Zippia: {lines[0]}")
    assert all(line.endswith(".") for line in lines)


def test_who_does_the_work_is_closed_and_says_what_it_is(client: Client, seven: list[Role]) -> None:
    people = open_page(client, PAIR).cssselect("#people")[0]
    assert people.cssselect("details")[0].get("open") is None
    assert "Who is counted now, not who can do it." in people.text_content()


def test_each_link_within_a_page_has_its_place(client: Client, seven: list[Role]) -> None:
    for address in (PAIR, "/roles/software-technician/", "/compare/lead-technician-vs-software-technician/"):
        page = open_page(client, address)
        places = [element.get("id") for element in page.cssselect("[id]")]
        assert len(places) == len(set(places))
        targets = {link.get("href")[1:] for link in page.cssselect("a[href^='#']")}
        assert targets <= set(places)


# -- Safety and form ------------------------------------------------------------------------------------------


def test_nothing_is_styled_or_scripted_inline(client: Client, seven: list[Role]) -> None:
    for address in ("/", "/roles/", "/explore/", "/roles/lead-technician/", PAIR, "/compare/", "/roles/nobody/"):
        body = client.get(address).content.decode()
        page = html.document_fromstring(body)
        assert not page.cssselect("[style]")
        assert not page.cssselect("style")
        run = page.cssselect("script:not([type='application/ld+json'])")  # the others are data and never run
        assert all(script.get("src") and not script.text for script in run)
        assert not re.search(r"\son\w+=", body)


def test_tables_have_heads_with_scope_and_pages_have_landmarks(client: Client, seven: list[Role]) -> None:
    for address in ("/roles/", "/roles/lead-technician/", PAIR):
        page = open_page(client, address)
        for table in page.cssselect("table"):
            assert all(head.get("scope") == "col" for head in table.cssselect("thead th"))
            assert all(head.get("scope") in ("row", "rowgroup") for head in table.cssselect("tbody th"))
        assert len(page.cssselect("h1")) == len(page.cssselect("main")) == 1
        assert page.cssselect("a.skip")[0].get("href") == "#main"


# -- Cost -----------------------------------------------------------------------------------------------------

LIMITS = {
    "/": 4,
    "/roles/": 5,
    "/roles/?sort=-pay": 5,
    PAIR: 6,
    PAIR.rstrip("/") + ".json": 5,
    "/roles/lead-technician.json": 4,
}


def test_a_page_takes_few_queries_and_the_same_number_with_many_roles(client: Client, seven: list[Role]) -> None:
    first = {}
    for address in LIMITS:
        revision.forget_computed()
        first[address] = count_queries(client, address)
    assert {address: count for address, count in first.items() if count > LIMITS[address]} == {}
    for address in LIMITS:
        client.get(address)  # what is held in the process is read once
    warm = {address: count_queries(client, address) for address in LIMITS}
    for number in range(120):
        title = f"Made Role {number}"
        role = Role.objects.create(title=title, slug=make_slug(title))
        role.salary, role.outlook = seven[0].salary, seven[0].outlook
        role.save()
    assert {address: count_queries(client, address) for address in LIMITS} == warm


def test_four_roles_with_every_kind_of_list_take_at_most_six_queries(client: Client, seven: list[Role]) -> None:
    four = (
        "/compare/lead-technician-vs-software-technician-vs-program-support-technician-vs-customer-support-technician/"
    )
    assert count_queries(client, four) <= 6


# -- Memory ---------------------------------------------------------------------------------------------------


@contextmanager
def collect_garbage() -> Iterator[list[Any]]:
    """What the collector of garbage finds after the block, because it refers to itself in a circle."""
    gc.collect()
    gc.disable()
    garbage: list[Any] = []
    try:
        yield garbage
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        garbage += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.mark.parametrize(
    "address", [PAIR, "/roles/lead-technician/", "/", "/roles/", "/explore/", "/roles/?q=technician"]
)
def test_a_page_that_was_sent_is_forgotten_at_once(client: Client, seven: list[Role], address: str) -> None:
    """A macro that reads the page around it holds the page, which holds the macro: thousands of values stayed until
    the garbage was collected, and collecting it took a tenth of the time of each page."""
    client.get(address)
    revision.forget_computed()
    with collect_garbage() as garbage:
        client.get(address, {"again": "1"} if "?" not in address else {})
    assert sum(isinstance(value, Context) for value in garbage) == 0
