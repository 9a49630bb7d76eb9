"""The work: summaries, duties and guides in the words of the sources, and what copies do not hold of them."""

import pytest
from django.test import Client

from careers.models import Role
from careers.vocabulary import SAMPLE_TEXT
from comparisons.comparison import compare
from comparisons.queries.current_role import EverydayTitle
from comparisons.queries.roles import read_current_roles
from comparisons.titles import as_shown
from comparisons.views.sections.daily_work import WorkSection, build_work_section
from tests.comparisons.occupations import compare_stored, store_occupation
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, SOFTWARE, store_role
from tests.ingest.small_pages import enter_page, load_page, write_guide, write_pipe

pytestmark = pytest.mark.django_db


def build_section(*roles: Role) -> WorkSection:
    part = build_work_section(compare_stored(*roles))
    assert part is not None
    return part


def test_each_role_has_its_summary() -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    columns = build_section(lead, software).columns
    assert [column.title for column in columns] == [as_shown(LEAD), as_shown(SOFTWARE)]
    assert all(column.summary for column in columns)


def test_the_first_five_duties_stand_open_and_the_rest_is_folded() -> None:
    duties = [f"Does thing {number}." for number in range(1, 71)]
    (column, _) = build_section(store_role(LEAD, duties=duties), store_role(GUIDE)).columns
    assert [task.text for task in column.duties] == duties[:5]
    assert len(column.folded) == 60
    assert column.left_out == 5


def test_two_further_duties_are_not_folded() -> None:
    duties = [f"Does thing {number}." for number in range(1, 8)]
    (column, _) = build_section(store_role(LEAD, duties=duties), store_role(GUIDE)).columns
    assert (len(column.duties), column.folded) == (7, [])


def test_a_role_that_nobody_describes_has_no_column_and_is_named() -> None:
    nurse = store_occupation("Nurse", "29-1141")
    part = build_section(store_role(LEAD), nurse)
    assert [column.title for column in part.columns] == [as_shown(LEAD)]
    assert "The work: not in this source for ◆\N{NO-BREAK SPACE}Nurse." in part.remarks


def test_no_description_at_all_is_no_section() -> None:
    assert build_work_section(compare_stored(store_occupation("Nurse", "1"), store_occupation("Cook", "2"))) is None


def test_a_page_that_holds_back_duties_says_so() -> None:
    role = store_role(CUSTOMER, duties=["Answers."], duties_truncated=True)
    columns = build_section(role, store_role(LEAD)).columns
    assert "Duties: the page shows only some of them." in columns[0].remarks


def test_what_a_cut_copy_does_not_hold_is_said() -> None:
    loaded = load_page(enter_page(f"{write_pipe('Cook', 'Miller').decode()}\nCooks cook and ".encode()), commit=True)
    assert loaded.status == "loaded"
    cook, miller = Role.objects.get(slug="cook"), Role.objects.get(slug="miller")
    part = build_section(cook, miller)
    assert "Duties: not in the copy we have, which was cut." in [*part.remarks, *part.columns[0].remarks]


def test_sample_text_is_marked_once_where_it_is_all_there_is() -> None:
    load_page(enter_page(write_pipe("Cook", "Miller"), sample=True), commit=True)
    load_page(enter_page(write_guide("Baker", slug="b"), name="b.txt", sample=True), commit=True)
    load_page(enter_page(write_guide("Brewer", slug="c"), name="c.txt", sample=True), commit=True)
    part = build_section(Role.objects.get(slug="baker"), Role.objects.get(slug="brewer"))
    assert [remark.casefold() for remark in part.remarks] == [f"{SAMPLE_TEXT}.".casefold()]
    assert all(not column.remarks for column in part.columns)


def test_everyday_titles_are_named_where_they_were_read() -> None:
    nurse = store_occupation("Nurse", "29-1141")
    (read,) = read_current_roles([nurse.slug])
    titles = (EverydayTitle("School Nurse", ("onet",)), EverydayTitle("ICU Nurse", ("onet",)))
    part = build_work_section(compare([read._replace(titles=titles)]))
    assert part is not None
    assert part.columns[0].also_called == "school nurse, ICU nurse"


def test_the_page_shows_guides_folded_and_stress_beside_them(client: Client) -> None:
    lead, software = store_role(LEAD), store_role(GUIDE)
    text = " ".join(client.get(f"/compare/{lead.slug}-vs-{software.slug}/").content.decode().split())
    work = text[text.index('<section id="work">') : text.index('<section id="people">')]
    assert "The guide in full: " in work
    assert "Stress level" in work


def test_a_remark_of_one_column_alone_stays_there() -> None:
    role = store_role(CUSTOMER, duties=["Answers."], duties_truncated=True)
    part = build_section(role, store_role(LEAD))
    assert [list(column.remarks) for column in part.columns] == [["Duties: the page shows only some of them."], []]
    assert part.remarks == []
