"""One page, loaded, previewed, loaded again."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from careers.models import Citation, Revision, Role
from ingest.loading.changes import Change
from ingest.loading.load import load_pages
from ingest.loading.propagation import propagate
from ingest.models import Event, KnownName, Page
from ingest.parsing.role_facts import RoleFacts
from tests.ingest.small_lists import make_duty
from tests.ingest.small_pages import (
    DAY,
    enter_page,
    find_evidence,
    find_role,
    load_content,
    load_page,
    read_state,
    read_stored_page,
    run_together,
    store_facts,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db


def test_a_page_becomes_roles_with_current_facts() -> None:
    outcome = load_content(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600"), "Growth rate": ("-7%", "9%")})
    )

    assert outcome.status == "loaded"
    assert outcome.report is not None
    assert outcome.report.roles == ("baker", "miller")
    assert find_role("Baker").salary.annual_average == 31200
    assert find_role("Miller").salary.annual_average == 41600
    assert find_role("Baker").outlook.growth_percent == Decimal(-7)
    assert find_role("Baker").demographics is None


def test_changes_include_new_roles_and_every_value_that_became_current() -> None:
    outcome = load_content(write_pipe("Baker", "Miller"))

    assert set(outcome.changes) == {
        Change("baker", "title", None, "Baker"),
        Change("baker", "salary.annual_average", None, 31200),
        Change("miller", "title", None, "Miller"),
        Change("miller", "salary.annual_average", None, 41600),
    }


def test_each_value_keeps_where_it_came_from() -> None:
    load_content(write_pipe("Baker", "Miller"))

    assert find_evidence("Baker", "salary", "annual_average") == {"line": 2, "raw": "$31,200", "how": "cell"}


def test_the_same_page_twice_is_loaded_already() -> None:
    first = load_content(write_pipe("Baker", "Miller"))
    before = read_state(), Revision.objects.get().number

    second = load_content(write_pipe("Baker", "Miller"), name="another-name.txt")

    assert (second.status, second.changes, second.page) == ("unchanged", (), first.page)
    assert second.report == first.report
    assert (read_state(), Revision.objects.get().number) == before
    assert Page.objects.count() == 1


def test_the_same_facts_again_change_nothing_and_count_as_agreement() -> None:
    load_content(write_pipe("Baker", "Miller"))

    again = load_content(write_pipe("Baker", "Miller", prose="Said once more."))

    assert (again.status, again.changes) == ("unchanged", ())
    assert read_stored_page(again).status == "unchanged"
    assert find_evidence("Baker", "salary", "annual_average")["agrees"] == {"pages": 1, "sources": 0}


def test_the_same_facts_from_another_publisher_are_another_source() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Baker", "Miller", prose="Said once more."), publisher="Someone Else")

    assert find_evidence("Baker", "salary", "annual_average")["agrees"] == {"pages": 1, "sources": 1}


def test_pages_that_differ_are_listed_once_for_each_publisher_and_value() -> None:
    rows = {"Yearly salary": ("$31,200", "$41,600"), "Growth rate": ("1%", "2%")}
    load_content(write_pipe("Baker", "Miller", rows | {"Number of jobs": ("1,000", "2,000")}))
    for number, pay in enumerate(("$30,000", "$30,000", "$29,000")):
        load_content(
            write_pipe("Baker", "Miller", {"Yearly salary": (pay, "$41,600")}, prose=f"Number {number}."),
            url=f"https://example.org/{number}",
        )

    salary_evidence = find_evidence("Baker", "salary", "annual_average")
    current = find_role("Baker").salary
    values = sorted((claim["value"], claim["pages"]) for claim in salary_evidence.get("differs", ()))
    assert current.annual_average in (29000, 30000, 31200)
    assert len(values) == 2
    assert sum(pages for _, pages in values) + salary_evidence.get("agrees", {"pages": 0})["pages"] == 3
    assert all(claim["publisher"] == "Zippia" for claim in salary_evidence["differs"])


def test_a_preview_is_the_same_path_and_leaves_nothing() -> None:
    load_content(write_pipe("Baker", "Cook"))
    before = read_state(), Revision.objects.get().number, Event.objects.count()

    preview = load_page(enter_page(write_pipe("Baker", "Miller")), commit=False)

    assert (read_state(), Revision.objects.get().number, Event.objects.count()) == before
    real = load_content(write_pipe("Baker", "Miller"))
    assert preview.page is None
    assert (preview.status, preview.changes, preview.report) == (real.status, real.changes, real.report)


def test_a_preview_leaves_the_page_that_was_given_as_it_was() -> None:
    given = enter_page(write_pipe("Baker", "Miller"))

    load_page(given, commit=False)

    assert not given.pk
    assert given.citation_id is None
    assert load_page(given, commit=True).status == "loaded"


def test_an_unreadable_page_is_refused_with_a_sentence_and_not_kept() -> None:
    outcome = load_content(b"A letter to my aunt.")

    assert outcome.status == "refused"
    assert "no known kind" in (outcome.error or "")
    assert not Page.objects.exists()
    assert not Role.objects.exists()


def test_who_loaded_a_page_is_remembered() -> None:
    ann = User.objects.create(username="ann")

    outcome = load_page(enter_page(write_pipe("Baker", "Miller")), commit=True, by=ann)

    assert Page.objects.get().loaded_by == ann
    event = Event.objects.get()
    assert (event.by, event.what, event.page_id) == (ann, "load", outcome.page)
    assert event.details == {"changes": 4}


def test_the_revision_counts_up_when_something_was_stored() -> None:
    load_content(write_pipe("Baker", "Miller"))
    before = Revision.objects.get().number

    load_content(b"no page")
    assert Revision.objects.get().number == before
    load_content(write_pipe("Baker", "Cook"))
    assert Revision.objects.get().number > before


# -- the citation -----------------------------------------------------------------------------


def test_what_a_person_entered_fills_what_the_page_does_not_say() -> None:
    load_content(
        write_pipe("Baker", "Miller"), publisher="Careers Weekly", url="https://example.org/baker", licence="CC0"
    )

    citation = Citation.objects.get()
    assert (citation.publisher.name, citation.url, citation.licence) == (
        "Careers Weekly",
        "https://example.org/baker",
        "CC0",
    )
    assert citation.captured_on == DAY


def test_what_the_page_says_of_itself_takes_precedence_over_what_a_person_entered() -> None:
    load_content(
        write_guide("Baker", slug="baker"), publisher="jobicy.com", url="https://example.org/other", licence="CC0"
    )

    citation = Citation.objects.get()
    assert (citation.publisher.name, citation.url) == ("Jobicy", "https://jobicy.com/careers/baker")
    assert "CC BY 4.0" in citation.licence


def test_a_publisher_that_a_person_entered_is_never_overruled_silently() -> None:
    outcome = load_content(write_guide("Baker", slug="baker"), publisher="Careers Weekly")

    assert outcome.status == "refused"
    assert "Careers Weekly" in (outcome.error or "")
    assert "Jobicy" in (outcome.error or "")
    assert not Citation.objects.exists()


def test_the_layout_gives_the_publisher_if_nobody_names_it() -> None:
    load_content(write_pipe("Baker", "Miller"))

    assert Citation.objects.get().publisher.name == "Zippia"


def test_one_publisher_in_two_spellings_is_one() -> None:
    load_content(write_pipe("Baker", "Miller"))
    load_content(write_pipe("Baker", "Cook"), publisher="zippia")

    assert {citation.publisher.name for citation in Citation.objects.all()} == {"Zippia"}


def test_an_address_that_is_not_a_web_address_is_never_kept() -> None:
    reading = store_facts(
        RoleFacts(title="Baker", titled_by="table", duties=(make_duty("Bake."),)), url="javascript:alert(1)"
    )

    assert Citation.objects.get().url == ""
    assert [warning["code"] for warning in reading.page.warnings] == ["out-of-bounds"]


# -- many at once -----------------------------------------------------------------------------


def test_many_pages_at_once_give_what_each_alone_gives() -> None:
    contents = [
        write_pipe("Baker", "Miller"),
        run_together("Miller", "Cook"),
        write_guide("Cook", skills=("Knife work",)),
    ]
    with transaction.atomic():
        for content in contents:
            load_content(content)
        one_by_one = read_state()
        transaction.set_rollback(True)

    outcomes = list(load_pages(enter_page(content) for content in contents))
    propagate()

    assert [outcome.status for outcome in outcomes] == ["loaded"] * 3
    assert read_state() == one_by_one


def test_one_page_twice_among_many_is_loaded_once() -> None:
    outcomes = list(load_pages([enter_page(write_pipe("Baker", "Miller")), enter_page(write_pipe("Baker", "Miller"))]))

    assert [outcome.status for outcome in outcomes] == ["loaded", "unchanged"]
    assert outcomes[0].page == outcomes[1].page


def test_changes_of_many_pages_are_reported_page_by_page_in_order() -> None:
    better = {"Yearly salary": ("$32,000", "$41,600"), "Hourly rate": ("$15.38", "$20.00")}
    outcomes = list(
        load_pages([enter_page(write_pipe("Baker", "Miller")), enter_page(write_pipe("Baker", "Miller", better))])
    )

    assert Change("baker", "salary.annual_average", None, 31200) in outcomes[0].changes
    assert Change("baker", "salary.annual_average", 31200, 32000) in outcomes[1].changes


def test_a_page_that_the_database_refuses_leaves_nothing_and_the_others_load() -> None:
    refuse_duties_with("explosive")
    guides = [write_guide("Baker"), write_guide("Miller").replace(b"Begin.", b"Be explosive."), write_guide("Cook")]

    outcomes = list(load_pages(enter_page(content) for content in guides))

    assert [outcome.status for outcome in outcomes] == ["loaded", "refused", "loaded"]
    assert "The database refused the page" in (outcomes[1].error or "")
    assert sorted(Role.objects.values_list("title", flat=True)) == ["Baker", "Cook"]
    assert Page.objects.count() == 2


def refuse_duties_with(word: str) -> None:
    """A rule of the database that the software does not know."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER refuse BEFORE INSERT ON careers_duty WHEN NEW.text LIKE '%{word}%' "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        else:
            cursor.execute(f"ALTER TABLE careers_duty ADD CONSTRAINT refuse CHECK (text NOT LIKE '%{word}%')")


# -- what is learned --------------------------------------------------------------------------


def test_names_in_cells_of_their_own_are_learned_once() -> None:
    rows = {"Best paying company": ("IBM", "PayPal")}
    load_content(write_pipe("Baker", "Miller", rows))
    load_content(write_pipe("Baker", "Cook", rows))

    assert sorted(KnownName.objects.values_list("kind", "name")) == [("company", "IBM"), ("company", "PayPal")]


@pytest.mark.parametrize("commit", [False, True])
def test_a_plain_table_whose_column_is_headed_by_a_known_company_says_so(commit: bool) -> None:
    load_content(write_pipe("Baker", "Miller", {"Best paying company": ("Meta", "Northwind")}))
    content = b"| | Meta | Cook |\n| Average salary | $31,200 | $41,600 |"
    report = load_page(enter_page(content, publisher="Acme"), commit=commit).report
    assert report is not None
    assert [(warning["code"], warning["message"]) for warning in report.warnings] == [
        (
            "title-of-a-company",
            "“Meta” is a company on other pages. Load the table only if its columns are roles.",
        )
    ]
