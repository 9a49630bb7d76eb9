"""What people take along: CSV, JSON and the offline file say the same, safely, and name their sources."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from lxml import html

from careers.models import Citation, Role
from comparisons.exports.csv_file import write_plain_text
from comparisons.exports.exported_values import ExportedValue
from tests.comparisons.full_role import store_role_with_every_field
from tests.comparisons.occupations import store_majors
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROGRAM,
    SOFTWARE,
    read_fixture_facts,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db

PAIR = "/compare/lead-technician-vs-software-support-technician"
Rows = list[dict[str, str]]


def read_rows(client: Client, address: str) -> Rows:
    body = client.get(address).content
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def read_cell(cell: str) -> str:
    """A cell as its reader sees it: the apostrophe that keeps a spreadsheet from running it is no part of the value."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\n\0＝＋－＠]", cell) else cell


def find(table: Rows, **wanted: str) -> dict[str, str]:
    matches = [row for row in table if all(row[name] == value for name, value in wanted.items())]
    assert len(matches) == 1, (wanted, len(matches))
    return matches[0]


def open_offline_page(client: Client, address: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address).content.decode())


def store_sparse() -> Role:
    """A range of pay and where to learn it, no average, no jobs, no lists."""
    nothing: dict[str, Any] = {"outlook": None, "demographics": None, "skills": [], "duties": [], "summary": None}
    facts = read_fixture_facts()[LEAD] | nothing | {"title": "Sparse Role"}
    return store_role_from(facts, salary={"annual_average": None, "hourly_average": None, "top_city": None})


def make_address_of_kind(kind: str) -> str:
    """The address, without its ending, of a comparison of that kind."""
    stored = {
        "full": lambda: [store_role_with_every_field(), store_role(LEAD)],
        "sparse": lambda: [store_sparse(), store_role(SOFTWARE)],
        "two publishers": lambda: [store_role(LEAD), store_role(GUIDE)],
        "three roles": lambda: [store_role(SOFTWARE), store_role(GUIDE), store_role(PROGRAM)],
        "four roles": lambda: [store_role(LEAD), store_role(GUIDE), store_role(PROGRAM), store_role(CUSTOMER)],
    }[kind]()
    return "/compare/" + "-vs-".join(role.slug for role in stored)


LINKS = {"CSV, for spreadsheets", "One file that opens offline", "JSON", "Print", "Copy the link"}
# The heading of a form that needs the site.
FORM = {"What matters to you"}
KINDS = ("full", "sparse", "two publishers", "three roles", "four roles")


@pytest.mark.parametrize("kind", KINDS)
def test_csv_json_and_the_offline_file_are_equal_value_for_value(client: Client, kind: str) -> None:
    address = make_address_of_kind(kind)
    in_json = [
        [write_plain_text(cell) for cell in value.values()] for value in client.get(f"{address}.json").json()["values"]
    ]
    in_csv = [[read_cell(cell) for cell in row.values()] for row in read_rows(client, f"{address}.csv")]
    page = open_offline_page(client, f"{address}.html")
    in_page = [[cell.text or "" for cell in row.cssselect("td")] for row in page.cssselect(".values tbody tr")]
    assert in_csv == in_json == in_page
    assert len(in_csv) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_published_row_is_the_value_at_its_place_in_the_json(client: Client, kind: str) -> None:
    address = make_address_of_kind(kind)
    roles = {role["slug"]: role for role in client.get(f"{address}.json").json()["roles"]}
    for row in read_rows(client, f"{address}.csv"):
        if row["basis"] != "computed":
            value: Any = roles[row["role_slug"]]
            for step in re.findall(r"\w+", row["field"]):
                value = value[int(step)] if step.isdigit() else value[step]
            assert read_cell(row["value"]) == write_plain_text(value), row["field"]
            assert (row["basis"] == "missing") == (value is None), row["field"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_json_has_its_row(client: Client, kind: str) -> None:
    address = make_address_of_kind(kind)
    places = {(row["role_slug"], row["field"]) for row in read_rows(client, f"{address}.csv")}
    left_out = {"slug", "rank", "type", "title", "evidence"}

    def check(slug: str, data: Any, path: str) -> None:
        if isinstance(data, dict):
            for name, value in data.items():
                if name not in left_out:
                    check(slug, value, f"{path}.{name}" if path else name)
        elif isinstance(data, list):
            for place, value in enumerate(data):
                check(slug, value, f"{path}[{place}]")
        elif data is not None and not (path == "duties_truncated" and data is False):
            assert (slug, path) in places, path

    for role in client.get(f"{address}.json").json()["roles"]:
        check(role["slug"], role, "")


def test_every_figure_of_the_page_stands_in_the_offline_file(client: Client) -> None:
    address = make_address_of_kind("four roles")
    online, offline = open_offline_page(client, f"{address}/"), open_offline_page(client, f"{address}.html")
    for cells in (".lines td", "svg text", ".sources li", "figcaption", "li", "h2"):
        theirs = {" ".join(element.text_content().split()) for element in online.cssselect(f"section {cells}")}
        ours = {" ".join(element.text_content().split()) for element in offline.cssselect(f"section {cells}")}
        assert theirs - ours <= LINKS | FORM


def test_a_row_says_where_its_value_comes_from(client: Client) -> None:
    store_role(LEAD)
    row = find(read_rows(client, "/roles/lead-technician.csv"), field="salary.annual_average")
    assert row == {
        "role": "Lead Technician",
        "role_slug": "lead-technician",
        "field": "salary.annual_average",
        "value": "90615",
        "unit": "USD a year",
        "raw": "90615",
        "line": "8",
        "publisher": "Zippia",
        "url": "https://zippia.example/lead-technician-vs-software-support-technician/",
        "captured_on": "2026-03-01",
        "licence": "",
        "basis": "published",
        "note": "",
        "figures_of": "",
    }


def test_a_missing_value_has_a_row_with_its_reason_and_zero_is_zero(client: Client) -> None:
    store_role(LEAD, outlook={"growth_percent": 0, "satisfaction": None})
    store_role(GUIDE)
    table = read_rows(client, "/compare/lead-technician-vs-software-technician.csv")
    assert find(table, role=LEAD, field="outlook.growth_percent")["value"] == "0"
    missing = find(table, role=LEAD, field="outlook.satisfaction")
    assert (missing["value"], missing["note"]) == ("", "not published")
    assert find(table, role=GUIDE, field="outlook.job_count")["note"] == "not in this source"


def test_what_is_computed_is_marked_and_has_its_unit(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    computed = [row for row in read_rows(client, f"{PAIR}.csv") if row["basis"] == "computed"]
    figures = {row["field"]: (row["value"], row["unit"]) for row in computed}
    assert figures["salary.annual_average.difference"] == ("10945", "USD a year")
    assert figures["salary.annual_average.gap_percent"] == ("13.7", "%")
    assert figures["salary.range.overlap_percent"] == ("85.2", "%")
    assert figures["salary.toss_up"] == ("false", "")
    assert figures["outlook.job_count.ratio"] == ("2.14", "times")
    assert figures["demographics.male_percent.difference"] == ("9.6", "percentage points")
    assert figures["skills.shared_count"] == ("1", "skills")
    assert figures["skills.shared_percent_of_first"] == ("33", "%")
    assert all(row["publisher"] for row in computed)
    assert not any(row["note"].count("different publishers") for row in computed)


def test_a_skill_is_on_no_other_list_only_where_there_is_another(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE, skills=[])
    fields = {row["field"] for row in read_rows(client, f"{PAIR}.csv")}
    assert not any(field.startswith("skills.only") for field in fields)


def test_the_first_role_is_set_against_each_of_the_others(client: Client) -> None:
    for title in (LEAD, PROGRAM, CUSTOMER):
        store_role(title)
    address = "/compare/lead-technician-vs-program-support-technician-vs-customer-support-technician.csv"
    gaps = {
        row["role"]: row["value"] for row in read_rows(client, address) if row["field"] == "salary.annual_average.gap"
    }
    assert gaps == {f"{LEAD} vs {PROGRAM}": str(90615 - 36653), f"{LEAD} vs {CUSTOMER}": str(90615 - 36361)}


def test_published_and_computed_values_of_a_role_stand_under_one_title(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    titles = {row["role"] for row in read_rows(client, f"{PAIR}.csv")}
    assert titles == {LEAD, SOFTWARE, f"{LEAD} vs {SOFTWARE}"}


def test_a_difference_of_two_publishers_figures_says_so(client: Client) -> None:
    store_role(LEAD), store_role(GUIDE, salary={"annual_average": 40000})
    table = read_rows(client, "/compare/lead-technician-vs-software-technician.csv")
    row = find(table, field="salary.annual_average.difference")
    assert row["publisher"] == "Zippia and Jobicy"
    assert row["note"] == "the first less the second; made from figures of different publishers"


def test_a_toss_up_by_percentiles_names_its_rule_and_its_shares(client: Client) -> None:
    spread = {"annual_p25": 40_000, "annual_median": 50_000, "annual_p75": 60_000}
    for title, median in (("Cooks", 50_000), ("Bakers", 52_000)):
        store_role_from({"title": title, "publisher": "Bureau"}, salary=spread | {"annual_median": median})
    row = find(read_rows(client, "/compare/cooks-vs-bakers.csv"), field="salary.toss_up")
    assert row["value"] == "true"
    assert row["note"] == (
        "true when 40 to 60% of one role's people earn more than the other's median, by straight lines between the "
        "percentiles; here 45% of the first and 54% of the second"
    )


def test_a_median_beyond_all_percentiles_of_the_other_role_gives_bounds(client: Client) -> None:
    spread = {"annual_p25": 40_000, "annual_median": 50_000, "annual_p75": 60_000}
    for title, factor in (("Cooks", 1), ("Pilots", 3)):
        salary = {name: factor * pay for name, pay in spread.items()}
        store_role_from({"title": title, "publisher": "Bureau"}, salary=salary)
    row = find(read_rows(client, "/compare/cooks-vs-pilots.csv"), field="salary.toss_up")
    assert row["value"] == "false"
    assert row["note"].endswith("; here at most 25% of the first and at least 75% of the second")


def test_a_toss_up_names_its_thresholds(client: Client) -> None:
    store_role(PROGRAM), store_role(CUSTOMER)
    table = read_rows(client, "/compare/program-support-technician-vs-customer-support-technician.csv")
    row = find(table, field="salary.toss_up")
    assert row["value"] == "true"
    assert "less than 5% apart" in row["note"]


def test_a_file_calls_the_pay_of_two_publishers_no_toss_up_as_its_page(client: Client) -> None:
    store_role(LEAD), store_role(GUIDE, salary={"annual_average": 90000, "annual_low": 60000, "annual_high": 130000})
    fields = {row["field"] for row in read_rows(client, "/compare/lead-technician-vs-software-technician.csv")}
    assert "salary.annual_average.gap" in fields
    assert "salary.toss_up" not in fields


def test_experience_without_a_sentence_gives_its_band_as_computed(client: Client) -> None:
    store_role(LEAD, entry={"months_low": None, "months_high": None, "years_of_experience": 12})
    table = read_rows(client, "/roles/lead-technician.csv")
    assert find(table, field="entry.years_of_experience")["unit"].endswith("12 means 6 to 12 months")
    ends = {row["field"]: row["value"] for row in table if row["field"].startswith("entry.time")}
    assert ends == {"entry.time.months_low": "6", "entry.time.months_high": "12"}


# -- CSV as spreadsheets take it ------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(client: Client, first: str) -> None:
    evil = f'{first}HYPERLINK("https://evil.example","x")'
    store_role(LEAD, salary={"top_city": evil}, duties=[evil])
    Citation.objects.update(url=evil, licence=evil)
    body = client.get("/roles/lead-technician.csv").content.decode("utf-8-sig")
    table = list(csv.reader(StringIO(body, newline="")))
    cells = [cell for row in table[1:] for cell in row if "evil.example" in cell]
    assert len(cells) > 4
    assert all(cell == f"'{evil}" for cell in cells)


def test_a_negative_number_stays_a_number(client: Client) -> None:
    store_role(LEAD, outlook={"growth_percent": -7})
    row = find(read_rows(client, "/roles/lead-technician.csv"), field="outlook.growth_percent")
    assert row["value"] == "-7"
    assert row["raw"] == "'-7"


def test_csv_follows_the_standard_and_says_that_it_is_utf_8(client: Client) -> None:
    store_role(LEAD, duties=['He said "no", twice\nand left', "Überprüft 日本"])
    answer = client.get("/roles/lead-technician.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbfrole,role_slug,field,value,")
    assert b'"He said ""no"", twice\nand left"' in answer.content
    assert answer.content.endswith(b"\r\n")
    table = read_rows(client, "/roles/lead-technician.csv")
    assert find(table, field="duties[1]")["value"] == "Überprüft 日本"
    assert all(len(row) == len(ExportedValue._fields) for row in table)


# -- Addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "html"])
def test_files_are_saved_under_a_telling_name(client: Client, ending: str) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    disposition = client.get(f"{PAIR}.{ending}").headers["Content-Disposition"]
    assert disposition == f'attachment; filename="lead-technician-vs-software-support-technician.{ending}"'


def test_the_name_of_a_file_stays_short_enough_for_any_disk(client: Client) -> None:
    slugs = [
        store_role_from(read_fixture_facts()[LEAD] | {"title": f"{'Long ' * 20}{number}"}).slug for number in range(4)
    ]
    disposition = client.get(f"/compare/{'-vs-'.join(slugs)}.csv").headers["Content-Disposition"]
    assert len(disposition) < 200
    assert disposition.endswith('.csv"')


@pytest.mark.parametrize("ending", ["csv", "html"])
def test_an_unknown_role_is_not_found_in_words(client: Client, ending: str) -> None:
    store_role(LEAD)
    answer = client.get(f"/compare/lead-technician-vs-nobody.{ending}")
    assert answer.status_code == 404
    assert "No role has the address “nobody”" in answer.content.decode()


def test_one_role_alone_leads_from_the_offline_file_to_the_form(client: Client) -> None:
    store_role(LEAD)
    assert client.get("/compare/lead-technician.html").headers["Location"] == "/compare/?role=lead-technician"
    assert client.get("/compare/lead-technician-vs-lead-technician.html").status_code == 302


def test_the_last_section_links_to_every_file(client: Client) -> None:
    store_role(LEAD), store_role(SOFTWARE)
    for address, endings in ((f"{PAIR}/", ("csv", "html", "json")), ("/roles/lead-technician/", ("csv", "json"))):
        page = open_offline_page(client, address)
        links = [link.get("href") for link in page.cssselect(".take a, .along a")]
        assert links == [f"{address.rstrip('/')}.{ending}" for ending in endings]
        for link in links:
            assert client.get(link).status_code == 200


# -- The offline file -----------------------------------------------------------------------------------------


def test_the_offline_file_asks_for_nothing_and_runs_nothing(client: Client) -> None:
    body = client.get(f"{make_address_of_kind('four roles')}.html").content.decode()
    page = html.document_fromstring(body)
    assert not page.cssselect(
        "script, link:not([rel=canonical]), img, iframe, form, input, button:not([popovertarget]), [style]"
    )
    assert len(page.cssselect("style")) == 1
    assert not re.search(r"url\(|@import", page.findtext(".//style") or "")
    assert page.cssselect("svg.lane")
    assert not page.cssselect("[src], [srcset]")


def test_rules_of_the_offline_file_are_for_what_it_holds(client: Client) -> None:
    page = open_offline_page(client, f"{make_address_of_kind('two publishers')}.html")
    style = page.cssselect("style")[0].text
    rules = style[style.index("@layer offline") :]
    for selector in re.findall(r"^ *([.#][^{]+?)(?:::\w+)? {", rules, re.MULTILINE):
        assert page.cssselect(selector), selector
    assert set(re.findall(r"var\((--\w+)\)", rules)) <= set(re.findall(r"(--\w+):", style))


def test_links_of_the_offline_file_are_whole_addresses_or_lead_into_it(client: Client) -> None:
    address = make_address_of_kind("two publishers")
    store_majors(Role.objects.all()[0], "Informatics")
    page = open_offline_page(client, f"{address}.html")
    names = {element.get("id") for element in page.cssselect("[id]")}
    for link in page.cssselect("[href]"):
        address = link.get("href")
        assert address.startswith(("http://", "https://")) or address[1:] in names, address
    assert page.cssselect('a[href^="http://testserver/roles/?major="]')
    assert page.cssselect('a[href="https://jobicy.example/software-technician/"]')
    assert page.cssselect('a[href="http://testserver/compare/lead-technician-vs-software-technician/"]')


def test_hostile_words_are_only_words_in_the_offline_file(client: Client) -> None:
    evil = "</style><script>alert(1)</script>"
    store_role(LEAD, salary={"top_city": evil, "note": evil}, duties=[evil, "/* site.css */"], summary=evil)
    store_role(SOFTWARE)
    body = client.get(f"{PAIR}.html").content.decode()
    assert "<script" not in body
    assert "/* site.css */" in body  # the duty; the first one, in the head, became the style sheet
    assert "@layer" in (html.document_fromstring(body).findtext(".//style") or "")
