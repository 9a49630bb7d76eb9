"""Related occupations, fields of study and tasks: how they are read, joined, stored, undone and shown."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from careers.models import Duty, Major, RelatedOccupation
from ingest.documents.document import read_document
from ingest.loading.propagation import propagate
from ingest.loading.removal import remove_facts
from ingest.models import Page
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.comparisons.official import find_slug
from tests.comparisons.opened_pages import read_markup
from tests.ingest.onet_files import write_tabs
from tests.ingest.projection_tables import make_csv, make_wage_table, make_workbook
from tests.ingest.read_files import explain_refusal, find_occupation
from tests.ingest.small_pages import enter_page, load_page

NURSES, COOKS, DRIVERS = "29-1141", "35-2014", "53-3032"

Row = Sequence[str]


def make_related_table(*rows: Row) -> bytes:
    return write_tabs(("O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index"), *rows)


def make_task_table(*rows: Row) -> bytes:
    heads = ("O*NET-SOC Code", "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source")
    return write_tabs(heads, *[(code, "1", task, kind, "n/a", "08/2023", "Analyst") for code, task, kind in rows])


def make_major_table(*rows: Row) -> bytes:
    return make_csv(
        [("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"), *[(*row, "A title") for row in rows]]
    )


RELATED = make_related_table(
    (f"{NURSES}.00", "35-2014.00", "Primary-Short", "1"),
    (f"{NURSES}.01", "53-3032.00", "Primary-Short", "2"),
    (f"{NURSES}.00", "53-3032.00", "Primary-Long", "6"),
    (f"{NURSES}.01", f"{NURSES}.00", "Primary-Short", "1"),
    (f"{NURSES}.00", "35-2011.00", "Supplemental", "11"),
    ("35-2014.00", "53-3032.00", "Primary-Short", "1"),
    ("35-2014.00", f"{NURSES}.01", "Primary-Long", "7"),
)
MAJORS = make_major_table(
    ("51.3801", "Registered Nursing/Registered Nurse.", NURSES),
    ("12.0500", "Cooking and Related Culinary Arts, General.", COOKS),
    ("12.0503", "Culinary Arts/Chef Training.", COOKS),
    ("51.3801", "Registered Nursing/Registered Nurse.", COOKS),
    ("99.9999", "NO MATCH", DRIVERS),
    ("32.0101", "Basic Skills, General.", "99-9999"),
)
TASKS = make_task_table(
    (f"{NURSES}.01", "Care for the gravely ill.", "Core"),
    (f"{NURSES}.00", "Wash the patients.", "Supplemental"),
    (f"{NURSES}.00", "Take the pulse.", "Core"),
    (f"{NURSES}.00", "Write it down.", "n/a"),
    ("35-2014.00", "Cook the soup.", "Core"),
)
FILES = {"Related Occupations.txt": RELATED, "crosswalk.csv": MAJORS, "Task Statements.txt": TASKS}


def parse_related(content: bytes, name: str = "table.txt") -> ParsedPage:
    return parse_page(read_document(name, content))


def get_refusal(content: bytes, name: str = "table.txt") -> str:
    return explain_refusal(content, name)


# -- related occupations ----------------------------------------------------------------------


def test_lists_of_several_codes_are_one_with_the_best_place_and_never_the_occupation_itself() -> None:
    related = find_occupation(parse_related(RELATED), NURSES).related
    assert [(entry.related_code, entry.tier) for entry in related] == [
        (COOKS, "primary-short"),
        (DRIVERS, "primary-short"),
    ]
    assert related[1].evidence["related_code"].line == 3


def test_a_tier_that_is_not_known_is_reported_with_its_row() -> None:
    parsed_page = parse_related(
        make_related_table(
            (f"{NURSES}.00", "35-2014.00", "Primary-Short", "1"), (f"{NURSES}.00", "53-3032.00", "Near", "2")
        )
    )
    [warning] = [warning for warning in parsed_page.warnings if warning.code == "unreadable-value"]
    assert warning.line == 3
    assert "“Near” in the column “Relatedness Tier” is not a tier, such as Primary-Short" in warning.message


@pytest.mark.parametrize("place", ["", "0", "first", "²", "12345"])
def test_an_entry_without_a_place_is_reported_and_the_rest_is_read(place: str) -> None:
    parsed_page = parse_related(
        make_related_table(
            (f"{NURSES}.00", "35-2014.00", "Primary-Short", place), (f"{NURSES}.00", "53-3032.00", "Primary-Long", "20")
        )
    )
    [warning] = [warning for warning in parsed_page.warnings if warning.code == "unreadable-value"]
    assert warning.line == 2
    assert [entry.related_code for entry in find_occupation(parsed_page, NURSES).related] == [DRIVERS]


def test_a_table_without_a_primary_tier_is_refused() -> None:
    assert "primary tier" in get_refusal(make_related_table((f"{NURSES}.00", "35-2014.00", "Supplemental", "1")))


def test_a_table_with_the_codes_of_another_list_is_refused() -> None:
    message = get_refusal(make_related_table(("98-0001.00", "35-2014.00", "Primary-Short", "1")))
    assert message.startswith("Only 0 of the 1 rows have a code")


def test_a_table_without_a_row_is_refused_as_that() -> None:
    assert get_refusal(make_related_table()).startswith("No row of the table has a code, such as 29-1141")


def test_a_table_with_codes_of_another_form_is_refused_with_the_first_of_them() -> None:
    related = make_related_table(("29–1141.00", "35–2014.00", "Primary-Short", "1"))
    assert "Row 2: “29–1141.00” in the column “O*NET-SOC Code” is not an O*NET code" in get_refusal(related)
    majors = make_major_table(("51.3801", "Registered Nursing.", "29–1141"))
    assert "Row 2: “29–1141” in the column “SOC2018Code” is not an occupation code" in get_refusal(majors, "x.csv")


# -- fields of study --------------------------------------------------------------------------


def test_programs_lead_to_occupations_and_nines_lead_to_none() -> None:
    parsed_page = parse_related(MAJORS, "crosswalk.csv")
    assert [(major.cip, major.name) for major in find_occupation(parsed_page, COOKS).majors] == [
        ("12.0500", "Cooking and Related Culinary Arts, General"),
        ("12.0503", "Culinary Arts/Chef Training"),
        ("51.3801", "Registered Nursing/Registered Nurse"),
    ]
    assert {role.soc_code for role in parsed_page.roles} == {NURSES, COOKS}
    assert (parsed_page.release, parsed_page.publisher) == (
        "CIP 2020 to SOC 2018",
        "National Center for Education Statistics",
    )


def test_codes_that_are_one_occupation_here_have_one_list() -> None:
    parsed_page = parse_related(
        make_major_table(
            ("52.0202", "Buying.", "13-1022"), ("52.0202", "Buying.", "13-1023"), ("01.0102", "Farms.", "13-1021")
        ),
        "c.csv",
    )
    assert [major.cip for major in find_occupation(parsed_page, "13-1020").majors] == ["52.0202", "01.0102"]


def test_a_spreadsheet_that_dropped_zeros_gives_the_same_codes() -> None:
    rows: list[list[Any]] = [
        ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"],
        ["1.1", "Farming.", NURSES, "x"],
    ]
    parsed_page = parse_related(make_workbook({"CIP-SOC": rows}), "c.xlsx")
    assert find_occupation(parsed_page, NURSES).majors[0].cip == "01.1000"


def test_codes_that_a_spreadsheet_keeps_as_formulas_are_read() -> None:
    content = make_major_table(('="01.1000"', "Farming.", f'="{NURSES}"'))
    [major] = find_occupation(parse_related(content, "c.csv"), NURSES).majors
    assert (major.cip, major.name) == ("01.1000", "Farming")
    place = major.evidence["cip"]
    assert (place.line, place.column, place.sheet, place.code) == (2, "CIP2020Code", "CIP-SOC", NURSES)


def test_a_row_of_programs_with_too_few_cells_or_no_code_is_reported() -> None:
    content = MAJORS + b"52.0901,Hotels.\r\n52.0902,Inns.,none,x\r\n"
    parsed_page = parse_related(content, "c.csv")
    assert [left.line for left in parsed_page.unread] == [8, 9]
    assert [warning.line for warning in parsed_page.warnings] == [8, 9]
    assert (
        "“none” in the column “SOC2018Code” is not an occupation code, such as 29-1141"
        in parsed_page.warnings[1].message
    )


def test_a_last_row_without_a_line_end_is_read_only_if_what_is_read_of_it_is_whole() -> None:
    whole = MAJORS + b"52.0901,Hotels.,35-2014,Cooks"
    assert len(find_occupation(parse_related(whole, "c.csv"), COOKS).majors) == 4
    cut = parse_related(MAJORS + b"52.0901,Hotels.,35-20", "c.csv")
    assert len(find_occupation(cut, COOKS).majors) == 3
    assert [warning.code for warning in cut.warnings] == ["cut-here"]


def test_a_bad_code_is_reported_with_its_row_and_the_rest_is_read() -> None:
    parsed_page = parse_related(
        make_major_table(("51.3801", "Nursing.", NURSES), ("nursing", "Nursing.", NURSES)), "c.csv"
    )
    [warning] = parsed_page.warnings
    assert (
        warning.line,
        "“nursing” in the column “CIP2020Code” is not a code of a program of study" in warning.message,
    ) == (3, True)
    assert len(find_occupation(parsed_page, NURSES).majors) == 1


def test_a_crosswalk_to_another_classification_is_refused() -> None:
    message = get_refusal(
        make_major_table(("51.3801", "Nursing.", "98-0001"), ("51.3801", "Nursing.", NURSES)), "c.csv"
    )
    assert "Only 1 of the 2 rows" in message
    assert "at least 90% must" in message


# -- tasks ------------------------------------------------------------------------------------


def test_core_tasks_come_first_and_each_says_of_which_code_it_is() -> None:
    duties = find_occupation(parse_related(TASKS, "Task Statements.txt"), NURSES).duties
    assert [(duty.text, duty.evidence.code) for duty in duties] == [
        ("Take the pulse.", "29-1141.00"),
        ("Care for the gravely ill.", "29-1141.01"),
        ("Wash the patients.", "29-1141.00"),
        ("Write it down.", "29-1141.00"),
    ]


# -- stored and shown -------------------------------------------------------------------------


@pytest.fixture
def loaded(db: None) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    for name, content in FILES.items():
        assert load_page(enter_page(content, name), commit=True).status == "loaded"
    propagate()


def make_comparison_address(*codes: str) -> str:
    return reverse("comparison", args=["-vs-".join(find_slug(code) for code in codes)])


@pytest.mark.usefixtures("loaded")
def test_programs_get_the_lists(client: Client) -> None:
    data = client.get(f"/roles/{find_slug(NURSES)}.json").json()
    assert data["related"] == [
        {"slug": find_slug(COOKS), "tier": "primary-short"},
        {"slug": find_slug(DRIVERS), "tier": "primary-short"},
    ]
    assert data["majors"] == [{"cip": "51.3801", "name": "Registered Nursing/Registered Nurse"}]
    assert data["duties"][0] == "Take the pulse."
    assert {source["licence"] for source in data["sources"] if "O*NET" in source["publisher"]} == {"CC BY 4.0"}


@pytest.mark.usefixtures("loaded")
def test_files_hold_the_lists_with_their_places(client: Client) -> None:
    lines = client.get(f"/roles/{find_slug(NURSES)}.csv").content.decode().splitlines()
    assert any(f"related[0].slug,{find_slug(COOKS)},,35-2014.00,2" in line for line in lines)
    assert any("majors[0].cip,51.3801" in line for line in lines)
    values = client.get(make_comparison_address(NURSES, COOKS).rstrip("/") + ".json").json()["values"]
    assert {"related[0].tier", "majors[0].name"} <= {value["field"] for value in values}


@pytest.mark.usefixtures("loaded")
def test_a_comparison_names_what_is_close_to_each_role_and_the_majors_of_each(client: Client) -> None:
    text = read_markup(client, make_comparison_address(NURSES, COOKS))
    close = text[text.index('id="next"') : text.index('id="all"')]
    assert f'href="{make_comparison_address(NURSES, DRIVERS)}"' in close
    assert f'href="{make_comparison_address(NURSES, COOKS)}"' not in close
    majors = text[text.index('id="entry"') : text.index('id="next"')].lower()
    assert majors.index("registered nursing/registered nurse") < majors.index("culinary arts/chef training")


@pytest.mark.usefixtures("loaded")
def test_a_role_page_links_to_comparisons_with_related_occupations(client: Client) -> None:
    text = read_markup(client, reverse("role", args=[find_slug(NURSES)]))
    assert (
        f'<a href="{make_comparison_address(NURSES, COOKS)}">Registered nurses or <b>cooks (restaurant)</b>?</a>'
        in text
    )
    assert 'Take the pulse. <small class="nb">29-1141.00</small>' in text


@pytest.mark.usefixtures("loaded")
def test_the_file_that_opens_offline_has_the_lists_with_whole_addresses(client: Client) -> None:
    text = read_markup(client, reverse("comparison_html", args=[f"{find_slug(NURSES)}-vs-{find_slug(COOKS)}"]))
    assert f'href="http://testserver{make_comparison_address(NURSES, DRIVERS)}"' in text


@pytest.mark.usefixtures("loaded")
def test_a_task_stands_without_a_code_where_the_occupation_has_one_code(client: Client) -> None:
    assert "<li>Cook the soup." in read_markup(client, reverse("role", args=[find_slug(COOKS)]))


@pytest.mark.usefixtures("loaded")
def test_a_comparison_with_all_lists_takes_five_queries_beside_what_is_read_once_for_all(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    client.get(make_comparison_address(COOKS, NURSES))  # the figures of all jobs, and whose the others are
    address = make_comparison_address(NURSES, COOKS)
    with django_assert_max_num_queries(5):
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("name", "model"),
    [("Related Occupations.txt", RelatedOccupation), ("crosswalk.csv", Major), ("Task Statements.txt", Duty)],
)
def test_undo_removes_a_list_and_nothing_else(name: str, model: Any) -> None:
    counts = {table: table.objects.count() for table in (RelatedOccupation, Major, Duty)}
    assert remove_facts([Page.objects.get(name=name)])
    assert {table: table.objects.count() for table in counts} == counts | {model: 0}


@pytest.mark.usefixtures("loaded")
def test_reading_the_lists_again_changes_nothing() -> None:
    before = list(Duty.objects.order_by("pk").values_list("role__slug", "position", "text"))
    call_command("reread_pages", apply=True, stdout=StringIO(), stderr=StringIO())
    assert list(Duty.objects.order_by("pk").values_list("role__slug", "position", "text")) == before


@pytest.mark.usefixtures("loaded")
def test_more_tasks_than_a_page_shows_are_folded_and_none_is_lost(client: Client, tmp_path: Path) -> None:
    rows = [(f"{COOKS}.00", f"Stir the pot number {number}.", "Core") for number in range(90)]
    (tmp_path / "Task Statements.txt").write_bytes(make_task_table(*rows))
    call_command("load_pages", tmp_path / "Task Statements.txt", stdout=StringIO(), stderr=StringIO())
    text = read_markup(client, reverse("role", args=[find_slug(COOKS)]))
    assert "<summary>60 more</summary>" in text
    assert "25 more are in the" in text
    assert len(client.get(f"/roles/{find_slug(COOKS)}.json").json()["duties"]) == 90


def test_related_codes_that_are_no_occupation_are_reported_together() -> None:
    rows = [(f"{NURSES}.00", f"98-{number:04}.00", "Primary-Short", "1") for number in range(30)]
    parsed_page = parse_related(make_related_table((f"{NURSES}.00", "35-2014.00", "Primary-Short", "1"), *rows))
    [warning] = [warning for warning in parsed_page.warnings if warning.code == "rows-left-out"]
    assert warning.message.startswith(
        "30 codes in the column “Related O*NET-SOC Code” belong to no official occupation"
    )
    assert warning.line == 3
    place = find_occupation(parsed_page, NURSES).related[0].evidence["related_code"]
    assert (place.raw, place.sheet, place.code) == ("35-2014.00", "Related Occupations", f"{NURSES}.00")
