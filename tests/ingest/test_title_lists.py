"""Lists of everyday titles and short names: how they are read, and that roles are found by them while loaded."""

import csv
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from careers.bulk import create_rows
from careers.models import Citation, OccupationTitle, Publisher, Role, TitleTerm
from comparisons.search.matching import find_roles
from comparisons.search.results import SearchResult
from ingest.documents.archives import find_files
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.loading.search_terms import find_roles_of_editions
from ingest.models import Page
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parsed_page import ParsedPage
from tests.comparisons.stored_roles import store_citation
from tests.ingest.onet_files import write_tabs
from tests.ingest.projection_tables import make_wage_table
from tests.ingest.read_files import explain_refusal, parse_file
from tests.ingest.small_pages import enter_page, load_page, read_stored_page, undo_page
from tests.ingest.stored_terms import check_terms

pytestmark = pytest.mark.django_db

NURSES = "29-1141"


ALTERNATE = write_tabs(
    ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"),
    ("29-1141.00", "Ward Sister", "n/a", "08"),
    ("29-1141.01", "Acute Carer", "AC", "10"),
    ("29-1141.00", "WARD  sister", "n/a", "10"),
)
REPORTED = write_tabs(
    ("O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"), ("29-1141.00", "Bedside Carer (BC)", "Y")
)
OWN = write_tabs(
    ("O*NET-SOC Code", "Title", "Description"),
    ("29-1141.00", "Registered Nurses", "They nurse."),
    ("29-1141.01", "Acute Care Nurses", "They nurse too."),
)
DIRECT_MATCH = (
    b"2018 SOC Code,2018 SOC Title,2018 SOC Direct Match Title,Illustrative Example\n"
    b"29-1141,Registered Nurses,Hospital Carer,x\n29-1141,Registered Nurses,HOSPITAL CARER,\n"
)
SHORT_NAMES = b"code,singular,plural\n29-1141,Skilled nurse or sister,Skilled nurses and sisters\n"


def list_titles(parsed: ParsedPage) -> list[tuple[str, str]]:
    [role] = parsed.roles
    assert role.soc_code == NURSES
    return [(title.title, title.source) for title in role.titles]


@pytest.mark.parametrize(
    ("content", "name", "titles"),
    [
        (ALTERNATE, "Alternate Titles.txt", [("Ward Sister", "onet"), ("Acute Carer", "onet"), ("AC", "onet")]),
        (REPORTED, "Sample of Reported Titles.txt", [("Bedside Carer (BC)", "onet")]),
        (
            OWN,
            "Occupation Data.txt",
            [("Registered Nurses", "onet-title"), ("Acute Care Nurses", "onet-title")],
        ),
        (DIRECT_MATCH, "soc_2018_direct_match_title_file.csv", [("Hospital Carer", "soc")]),
        (SHORT_NAMES, "names.csv", [("Skilled nurse or sister", "singular"), ("Skilled nurses and sisters", "plural")]),
    ],
)
def test_each_list_of_titles_is_read_and_repeats_are_left_out(
    content: bytes, name: str, titles: list[tuple[str, str]]
) -> None:
    assert list_titles(parse_file(content, name)) == titles


@pytest.mark.parametrize("name", ["Alternate Titles", "Job Titles", "Sample of Reported Titles", "Occupation Data"])
def test_no_list_of_titles_is_skipped_in_a_whole_release(name: str, tmp_path: Path) -> None:
    (tmp_path / "Read Me.txt").write_text("O*NET 30.1 Database\nDecember 2025 Release\n")
    (tmp_path / f"{name}.txt").write_bytes(ALTERNATE)
    [kind] = [file.kind for file in find_files([tmp_path]) if name in file.name]
    assert kind == "page"


def test_occupation_data_with_a_column_more_is_read_and_a_table_with_several_rows_for_a_code_is_another() -> None:
    rows = [line.split("\t") for line in OWN.decode().splitlines()]
    added = write_tabs((*rows[0], "Notes"), *((*row, "x") for row in rows[1:]))
    assert list_titles(parse_file(added, "Occupation Data.txt")) == list_titles(parse_file(OWN, "Occupation Data.txt"))
    repeated = write_tabs((*rows[0], "Element ID"), (*rows[1], "1.A.1"), (*rows[1], "1.A.2"))
    assert explain_refusal(repeated, "Abilities.txt").startswith(
        "Rolewise uses no such table of O*NET: its columns are"
    )


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "**", "12%"])
def test_an_error_of_a_spreadsheet_or_a_mark_is_reported_and_is_no_title(cell: str) -> None:
    page = parse_file(ALTERNATE.replace(b"Acute Carer", cell.encode()), "Alternate Titles (O*NET 30.1).txt")
    assert [title for title, _ in list_titles(page)] == ["Ward Sister", "AC"]
    assert [line.line for line in page.unread] == [3]
    assert f"“{cell}” in the column “Alternate Title” is not a title; it was not read." in [
        warning.message for warning in page.warnings
    ]


def test_evidence_says_row_column_and_code_of_a_title() -> None:
    [role] = parse_file(ALTERNATE, "Alternate Titles (O*NET 30.1, December 2025).txt").roles
    place = role.titles[2].evidence["title"]
    assert (place.line, place.raw, place.column, place.code) == (3, "AC", "Short Title", "29-1141.01")


def test_job_titles_of_later_releases_are_read_under_their_new_name() -> None:
    later = ALTERNATE.replace(b"Alternate Title", b"Job Title").replace(b"\tShort Title", b"\tNote")
    assert list_titles(parse_file(later, "Job Titles.txt"))[0] == ("Ward Sister", "onet")


def test_a_list_of_which_too_few_titles_join_is_refused() -> None:
    military = DIRECT_MATCH + b"55-1011,Air Crew Officers,Flight Officer,\n"
    with pytest.raises(UnreadableError, match="Only 2 of the 3 rows have a code that belongs to an official"):
        parse_file(military, "titles.csv")


def test_rows_without_a_title_are_reported_with_their_number() -> None:
    page = parse_file(DIRECT_MATCH + b"29-1141,Registered Nurses,,\nnone,,Carer,\n" + DIRECT_MATCH[-40:], "titles.csv")
    assert [warning.line for warning in page.warnings if warning.code == "unreadable-value"][:2] == [4, 5]


# -- loaded -----------------------------------------------------------------------------------


@pytest.fixture
def nurses() -> Role:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    return Role.objects.get(soc_code=NURSES)


def load(content: bytes, name: str) -> int:
    outcome = load_page(enter_page(content, name), commit=True)
    assert outcome.status == "loaded", outcome
    return outcome.page or 0


def search(typed: str) -> SearchResult:
    return find_roles(typed)


def test_a_role_is_found_by_its_everyday_titles_until_their_list_is_undone(nurses: Role) -> None:
    assert search("ward sister").match == "nothing"
    outcome = load_page(enter_page(ALTERNATE, "Alternate Titles.txt"), commit=True)
    check_terms()
    result = search("ward sisters")
    assert (result.match, result.roles[0].slug, result.roles[0].called) == ("found", nurses.slug, "Ward Sister")
    undo_page(read_stored_page(outcome))
    check_terms()
    assert search("ward sister").match == "nothing"


def test_a_preview_of_a_list_names_what_it_adds_and_stores_nothing(nurses: Role) -> None:
    outcome = load_page(enter_page(ALTERNATE, "Alternate Titles.txt"), commit=False)
    [change] = outcome.changes
    assert (change.role, change.field, change.before) == (nurses.slug, "titles", None)
    assert ("Ward Sister", "onet") in change.after
    assert not OccupationTitle.objects.exists()
    assert search("ward sister").match == "nothing"


def test_lists_of_several_publishers_count_together_and_a_take_down_takes_its_own_away(nurses: Role) -> None:
    load(ALTERNATE, "Alternate Titles.txt")
    load(DIRECT_MATCH, "direct_match.csv")
    assert {search(typed).match for typed in ("ward sister", "hospital carer")} == {"found"}
    onet = Publisher.objects.get(name__startswith="O*NET")
    take_down_publisher(onet, None, "asked for")
    check_terms()
    assert search("ward sister").match != "found"
    assert search("hospital carer").match == "found"
    put_back_publisher(onet, None)
    check_terms()
    assert search("ward sister").match == "found"


def test_a_title_that_a_newer_edition_of_its_list_leaves_out_finds_nothing_until_that_is_undone(nurses: Role) -> None:
    surgeons = Role.objects.exclude(pk=nurses.pk).exclude(soc_code=None)[0]
    older = DIRECT_MATCH + f'{surgeons.soc_code},"{surgeons.title}",Sawbones,\n'.encode()
    load(older, "direct_match.csv")
    assert {search(typed).match for typed in ("hospital carer", "sawbones")} == {"found"}
    newer = load_page(
        enter_page(DIRECT_MATCH.replace(b"Carer", b"Sister").replace(b"CARER", b"Sister"), "new.csv"), commit=True
    )
    check_terms()
    assert search("hospital sister").match == "found"
    assert search("hospital carer").match == "nearest"
    assert search("sawbones").match == "nothing"
    undo_page(read_stored_page(newer))
    check_terms()
    assert {search(typed).match for typed in ("hospital carer", "sawbones")} == {"found"}
    load(REPORTED, "Sample of Reported Titles.txt")
    load(ALTERNATE, "Alternate Titles.txt")
    assert {search(typed).match for typed in ("bedside carer", "ward sister")} == {"found"}


def test_a_list_made_by_hand_counts_more_than_other_titles(nurses: Role) -> None:
    load(ALTERNATE, "Alternate Titles.txt")
    load(DIRECT_MATCH, "direct_match.csv")
    points = dict(TitleTerm.objects.filter(term__in=("^ward sister", "^hospital carer")).values_list("term", "points"))
    assert points["^hospital carer"] > points["^ward sister"]


# -- short names ------------------------------------------------------------------------------


def test_pages_show_short_names_with_the_official_title_below_until_they_are_undone(
    nurses: Role, client: Client
) -> None:
    outcome = load_page(enter_page(SHORT_NAMES, "display_names.csv"), commit=True)
    address = f"/roles/{nurses.slug}/"
    shown = client.get(address).content.decode()
    assert '<h1><span class="a m">Skilled nurse or sister</span></h1>' in shown
    assert f"Officially {nurses.title} <" in shown
    listed = client.get("/roles/").content.decode()
    assert "Skilled nurse or sister</a>" in listed
    assert f"<small>{nurses.title}</small>" in listed
    data = client.get(f"/roles/{nurses.slug}.json").json()
    assert data["title"] == nurses.title
    assert data["name"] == {"singular": "Skilled nurse or sister", "plural": "Skilled nurses and sisters"}
    suggested = client.get("/roles/suggest", {"q": "skilled nurse", "submitted": "1"}).json()["roles"][0]
    assert (suggested["name"], suggested["title"]) == ("Skilled nurse or sister", nurses.title)
    itself = client.get(f"/compare/{nurses.slug}-vs-{nurses.slug}/").content.decode()
    assert "Every row would be the same" in itself

    undo_page(read_stored_page(outcome))
    nurses.refresh_from_db()
    assert (nurses.singular, nurses.plural) == (None, None)
    assert nurses.title in client.get(address).content.decode()
    assert client.get(f"/roles/{nurses.slug}.json").json()["name"] is None


def test_a_list_does_not_repeat_an_official_title_that_is_the_plural_of_the_name(nurses: Role, client: Client) -> None:
    load(b"code,singular,plural\n29-1141,Registered nurse,Registered nurses\n", "display_names.csv")
    listed = client.get("/roles/").content.decode()
    assert "Registered nurse</a>" in listed
    assert "<small>Registered Nurses</small>" not in listed


def test_two_names_of_one_occupation_are_said_to_be_one(nurses: Role, client: Client) -> None:
    load(ALTERNATE, "Alternate Titles.txt")
    load(SHORT_NAMES, "display_names.csv")
    Role.objects.create(title="Tax Inspector", slug="tax-inspector")

    def open_results(typed: str) -> str:
        return client.get("/roles/", {"q": typed}, follow=True).content.decode()

    two_names = "“ward sister” and “acute carer” are two names of one occupation here: skilled nurse or sister."
    assert two_names in open_results("ward sister vs acute carer")
    assert two_names in open_results("ward sister vs acute carer vs tax inspector")
    assert "Every row would be the same" in open_results("ward sister vs Ward Sister")


def test_everyday_titles_have_one_order_whichever_list_was_loaded_first(nurses: Role, client: Client) -> None:
    stored = [load(content, name) for content, name in ((ALTERNATE, "Alternate.txt"), (REPORTED, "Reported.txt"))]
    first = client.get(f"/api/v1/roles/{nurses.slug}").json()["titles"]
    for page_key in stored:
        undo_page(Page.objects.get(pk=page_key))
    load(REPORTED, "Reported.txt")
    load(ALTERNATE, "Alternate.txt")
    assert [entry["title"] for entry in first] == ["AC", "Acute Carer", "Bedside Carer (BC)", "Ward Sister"]
    assert client.get(f"/api/v1/roles/{nurses.slug}").json()["titles"] == first


def test_everyday_titles_are_exported_with_their_lists_and_their_licence(nurses: Role, client: Client) -> None:
    load(ALTERNATE, "Alternate Titles.txt")
    load(OWN, "Occupation Data.txt")
    load(DIRECT_MATCH.replace(b"HOSPITAL CARER", b"Ward sister"), "direct_match.csv")
    load(SHORT_NAMES, "display_names.csv")
    for address in (f"/roles/{nurses.slug}.json", f"/api/v1/roles/{nurses.slug}"):
        data = client.get(address).json()
        assert data["titles"][0] == {"title": "Ward Sister", "sources": ["onet", "soc"]}
        assert {"title": "Acute Care Nurses", "sources": ["onet"]} in data["titles"]
        assert "Skilled nurse or sister" not in {entry["title"] for entry in data["titles"]}
        assert "CC BY 4.0" in {source["licence"] for source in data["sources"]}
    shown = client.get(f"/roles/{nurses.slug}/").content.decode()
    assert "ward sister" in shown.lower()
    assert "CC BY 4.0" in shown
    table = client.get(f"/roles/{nurses.slug}.csv").content.decode("utf-8-sig").splitlines()
    rows = {row["field"]: row for row in csv.DictReader(table)}
    title = rows["titles[0].title"]
    assert title["value"] == "Ward Sister"
    assert title["publisher"] == "O*NET, U.S. Department of Labor and U.S. Bureau of Labor Statistics"
    assert title["licence"] == "CC BY 4.0 and Public domain"
    assert not [field for field, row in rows.items() if row["value"] and not row["publisher"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite makes its plans without counting rows meanwhile")
def test_other_editions_are_found_at_once_although_postgresql_believes_that_there_are_no_titles(nurses: Role) -> None:
    lists = [store_citation(publisher, "titles") for publisher in ("One", "Other")]
    for citation in lists:
        store_titles(nurses, citation, count=10_000)
    with closing(connection.copy()) as other:
        other.cursor().execute("ANALYZE careers_occupationtitle, careers_citation")  # none of them is committed
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20s'")  # it takes 0.03 s; comparing all with all took minutes
    assert find_roles_of_editions([lists[0].pk]) == {nurses.pk}


def store_titles(role: Role, citation: Citation, count: int) -> None:
    titles = []
    for position in range(count):
        title = f"Title {position}"
        titles.append(OccupationTitle(role=role, citation=citation, source="onet", title=title, position=position))
    create_rows(titles)
