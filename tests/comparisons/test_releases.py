"""Figures of two releases: never in one difference, sentence, chart or export without both months."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.models import Publisher, Revision
from comparisons.language.reasons import write_companion_reason
from comparisons.queries.current_role import CurrentRole
from comparisons.queries.featured import choose_questions
from comparisons.queries.ranks import rank_role
from comparisons.queries.related import read_surroundings
from comparisons.queries.roles import read_current_roles
from tests.comparisons.figure_tables import find_figure_row, find_origin, write_verdict_text
from tests.comparisons.official import Occupation, compare_codes, find_slugs, load_release

pytestmark = pytest.mark.django_db

BAKERS = Occupation("51-3011", "Bakers", jobs=200_000, yearly=40_000)
MILLERS = Occupation("51-9021", "Millers", jobs=50_000, yearly=48_000)
TASTERS = Occupation("51-9061", "Tasters", jobs=90_000, yearly=45_000)
CODES = ("51-3011", "51-9021")


@pytest.fixture
def two_releases() -> None:
    """The release of 2025 has no millers any more."""
    load_release(2019, Occupation("51-3011", "Bakers", jobs=190_000), MILLERS)
    load_release(2025, BAKERS, TASTERS)


@pytest.fixture
def one_release() -> None:
    load_release(2025, BAKERS, MILLERS)


@pytest.mark.usefixtures("two_releases")
def test_figures_of_two_releases_name_no_lead_and_both_months() -> None:
    assert write_verdict_text(compare_codes(*CODES)) == (
        "No verdict is possible: the figures for ● bakers and for ◆ millers are not comparable. Pay cannot be compared "
        "fairly: the figure for bakers is from the U.S. Bureau of Labor Statistics, May 2025, and that "
        "for millers is from the U.S. Bureau of Labor Statistics, May 2019."
    )


@pytest.mark.usefixtures("one_release")
def test_figures_of_one_release_need_no_months() -> None:
    assert write_verdict_text(compare_codes(*CODES)).startswith("◆ Millers earn more. ● Bakers are more numerous.")


@pytest.mark.usefixtures("two_releases")
def test_each_difference_stands_beside_both_months(client: Client) -> None:
    page = client.get(f"/compare/{'-vs-'.join(find_slugs(*CODES))}/").content.decode()
    rows = page.split('<section id="all">')[1].split("<tr role=row")
    with_difference = [row for row in rows if "−$" in row or "+150,000" in row]
    assert len(with_difference) > 4
    for row in with_difference:
        assert "<small>May 2025 and May 2019</small>" in row
        assert "<small>May 2025</small>" in row
        assert "<small>May 2019</small>" in row
    assert "median a year, ●\xa0May 2025, ◆\xa0May 2019" in "".join(map(str, html.document_fromstring(page).itertext()))


@pytest.mark.usefixtures("two_releases")
def test_differences_from_the_first_of_three_roles_name_both_months(client: Client) -> None:
    page = client.get(f"/compare/{'-vs-'.join(find_slugs('51-3011', '51-9061', '51-9021'))}/").content.decode()
    assert "<small>−150,000 vs\xa0● (May 2019 against May 2025)</small>" in page
    assert "<small>−110,000 vs\xa0●</small>" in page


@pytest.mark.usefixtures("two_releases")
def test_computed_values_in_files_name_both_months(client: Client) -> None:
    text = client.get(f"/compare/{'-vs-'.join(find_slugs(*CODES))}.csv").content.decode("utf-8-sig")
    values = list(csv.DictReader(io.StringIO(text)))
    computed = [row for row in values if row["field"].endswith((".difference", ".ratio", ".gap", ".gap_percent"))]
    assert len(computed) > 10
    for row in computed:
        assert "figures of different releases (Bakers: May 2025, Millers: May 2019)" in row["note"]
    earlier = ("history", "sources")
    published = [row for row in values if row["basis"] == "published" and not row["field"].startswith(earlier)]
    months = {(row["role"], row["figures_of"]) for row in published}
    assert months == {("Bakers", "2025-05"), ("Millers", "2019-05")}


@pytest.mark.usefixtures("one_release")
def test_a_value_says_of_when_its_figure_is_and_not_when_it_was_loaded(client: Client) -> None:
    page = html.fromstring(client.get(f"/roles/{find_slugs('51-3011')[0]}/").content)
    [button] = find_figure_row(page, "Average pay a year").cssselect("td button")
    note = find_origin(page, button).text_content()
    assert "U.S. Bureau of Labor Statistics, May 2025" in note
    assert "loaded on" not in note


# -- lists, ranks and neighbors ---------------------------------------------------------------

MANY = [Occupation(f"51-30{number}", f"Bakers {number}", jobs=1000 * number, yearly=40_000) for number in range(20, 26)]
FEW = [Occupation(f"51-40{number}", f"Bakers {number}", jobs=1000 * number, yearly=41_000) for number in range(30, 33)]


@pytest.fixture
def lists_of_two_releases() -> None:
    load_release(2019, *FEW)
    load_release(2025, *MANY)


@pytest.mark.usefixtures("lists_of_two_releases")
def test_each_figure_in_a_list_of_two_releases_stands_with_its_month(client: Client) -> None:
    for address in ("/roles/?sort=-pay", "/explore/"):
        page = client.get(address).content.decode()
        assert "Figures are for May 2025 and May 2019: each stands with its month." in page
        assert page.count("$41,000 <small>May 2019</small>") == len(FEW)
        assert page.count("$40,000 <small>May 2025</small>") == len(MANY)
        assert "Self-employed people are not counted." in page
    points = client.get("/explore/points.json").content.decode()
    assert points.count("jobs (May 2019)") == len(FEW)


@pytest.mark.usefixtures("one_release")
def test_a_list_of_one_release_says_its_month_once(client: Client) -> None:
    page = client.get("/roles/").content.decode()
    assert "Figures are for May 2025." in page
    assert "<small>May 2025</small>" not in page


@pytest.mark.usefixtures("lists_of_two_releases")
def test_the_list_as_a_file_has_the_month_of_each_figure(client: Client) -> None:
    answer = client.get("/roles.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined] # a streaming answer
    rows = {row["title"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Bakers 30"]["salary.figures_of"] == rows["Bakers 30"]["outlook.figures_of"] == "2019-05"
    assert rows["Bakers 20"]["salary.figures_of"] == "2025-05"


@pytest.mark.usefixtures("lists_of_two_releases")
def test_ranks_count_the_roles_of_one_release(client: Client) -> None:
    [role] = read_current_roles(find_slugs("51-4030"))
    ranks = {rank.column: rank for rank in rank_role(role)}
    assert (ranks["jobs"].place, ranks["jobs"].among) == (3, 3)
    [role] = read_current_roles(find_slugs("51-3020"))
    ranks = {rank.column: rank for rank in rank_role(role)}
    assert (ranks["jobs"].place, ranks["jobs"].among) == (6, 6)


@pytest.mark.usefixtures("lists_of_two_releases")
def test_pay_of_two_releases_makes_no_neighbors_and_no_pairs() -> None:
    [role] = read_current_roles(find_slugs("51-4030"))
    for companion in read_surroundings(role).companions:
        if companion.role.title not in {occupation.title for occupation in FEW}:
            reason = write_companion_reason(companion)
            assert "$" not in reason
            assert "pay" not in reason
    older = {occupation.title for occupation in FEW}
    for question in choose_questions(1):
        assert (question.first.name in older) == (question.second.name in older)


def test_search_feed_and_descriptions_say_of_which_month_pay_is(client: Client) -> None:
    load_release(2025, Occupation("51-3011", "Bakers", yearly=40_000), Occupation("51-9021", "Millers", yearly=50_000))

    list_page = client.get("/roles/", {"q": "bakers"}).content.decode()
    assert "median pay $38,000 a year, U.S. Bureau of Labor Statistics, May 2025" in list_page
    [role] = client.get("/api/v1/search", {"q": "bakers"}).json()["roles"]
    assert (role["annual_average"], role["figures_of"], role["captured_on"]) == (40_000, "2025-05", None)
    assert "$40,000 a year (U.S. Bureau of Labor Statistics, May 2025)" in client.get("/feed.xml").content.decode()
    for address in ("/roles/bakers-51-3011/", "/compare/bakers-51-3011-vs-millers-51-9021/"):
        page = html.document_fromstring(client.get(address).content.decode())
        [described] = page.cssselect('meta[name="description"]')
        assert "U.S. Bureau of Labor Statistics, May 2025" in described.get("content", "")


def read_role(code: str) -> CurrentRole:
    [role] = read_current_roles(find_slugs(code))
    return role


@pytest.mark.usefixtures("one_release")
def test_a_release_is_read_once_for_all_roles_that_cite_it() -> None:
    slugs = find_slugs(*CODES)
    sources = []
    counts = []
    for slug in slugs:
        with CaptureQueriesContext(connection) as captured:
            [role] = read_current_roles([slug])
        sources.append(role.groups["salary"].source)
        counts.append(len(captured))
    assert sources[0] == sources[1]
    assert counts[1] == counts[0] - 1


@pytest.mark.usefixtures("one_release")
def test_a_release_is_read_again_when_its_publisher_has_changed() -> None:
    earlier = read_role("51-3011").groups["salary"].source
    with Revision.counting_up():
        Publisher.objects.update(name="Bureau of Bakers")
    assert (earlier.publisher, read_role("51-3011").groups["salary"].source.publisher) == (
        "U.S. Bureau of Labor Statistics",
        "Bureau of Bakers",
    )
