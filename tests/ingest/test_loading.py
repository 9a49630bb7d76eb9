"""One page, loaded, previewed, loaded again."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from careers.models import Citation, Duty, Outlook, Revision, Role, RoleAlias, SalaryStats, Skill, SkillAlias
from ingest.loading.load import load_pages
from ingest.loading.propagation import propagate
from ingest.loading.read import Change
from ingest.models import Event, KnownName, Mention, Page
from ingest.parsing.evidence import Evidence
from ingest.parsing.list_facts import DutyFact, SkillFact
from ingest.parsing.role_facts import OutlookFacts, RoleFacts, SalaryFacts
from tests.ingest.small_pages import (
    DAY,
    evidence,
    guide,
    load_page,
    loaded,
    page,
    pipe,
    role,
    run_together,
    state,
    stored,
    stored_page,
)

pytestmark = pytest.mark.django_db


def test_a_page_becomes_roles_with_current_facts() -> None:
    outcome = loaded(pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600"), "Growth rate": ("-7%", "9%")}))

    assert outcome.status == "loaded"
    assert outcome.report is not None
    assert outcome.report.roles == ("baker", "miller")
    assert role("Baker").salary.annual_average == 31200
    assert role("Miller").salary.annual_average == 41600
    assert role("Baker").outlook.growth_percent == Decimal(-7)
    assert role("Baker").demographics is None


def test_changes_tell_new_roles_and_every_value_that_became_current() -> None:
    outcome = loaded(pipe("Baker", "Miller"))

    assert set(outcome.changes) == {
        Change("baker", "title", None, "Baker"),
        Change("baker", "salary.annual_average", None, 31200),
        Change("miller", "title", None, "Miller"),
        Change("miller", "salary.annual_average", None, 41600),
    }


def test_each_value_keeps_where_it_came_from() -> None:
    loaded(pipe("Baker", "Miller"))

    assert evidence("Baker", "salary", "annual_average") == {"line": 2, "raw": "$31,200", "how": "cell"}


def test_the_same_page_twice_is_loaded_already() -> None:
    first = loaded(pipe("Baker", "Miller"))
    before = state(), Revision.objects.get().number

    second = loaded(pipe("Baker", "Miller"), name="another-name.txt")

    assert (second.status, second.changes, second.page) == ("unchanged", (), first.page)
    assert second.report == first.report
    assert (state(), Revision.objects.get().number) == before
    assert Page.objects.count() == 1


def test_the_same_facts_again_change_nothing_and_count_as_agreement() -> None:
    loaded(pipe("Baker", "Miller"))

    again = loaded(pipe("Baker", "Miller", prose="Said once more."))

    assert (again.status, again.changes) == ("unchanged", ())
    assert stored_page(again).status == "unchanged"
    assert evidence("Baker", "salary", "annual_average")["agrees"] == {"pages": 1, "sources": 0}


def test_the_same_facts_from_another_publisher_are_another_source() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Baker", "Miller", prose="Said once more."), publisher="Someone Else")

    assert evidence("Baker", "salary", "annual_average")["agrees"] == {"pages": 1, "sources": 1}


def test_pages_that_differ_are_listed_once_for_each_publisher_and_value() -> None:
    rows = {"Yearly salary": ("$31,200", "$41,600"), "Growth rate": ("1%", "2%")}
    loaded(pipe("Baker", "Miller", rows | {"Number of jobs": ("1,000", "2,000")}))
    for number, pay in enumerate(("$30,000", "$30,000", "$29,000")):
        loaded(
            pipe("Baker", "Miller", {"Yearly salary": (pay, "$41,600")}, prose=f"Number {number}."),
            url=f"https://example.org/{number}",
        )

    salary_evidence = evidence("Baker", "salary", "annual_average")
    current = role("Baker").salary
    values = sorted((claim["value"], claim["pages"]) for claim in salary_evidence.get("differs", ()))
    assert current.annual_average in (29000, 30000, 31200)
    assert len(values) == 2
    assert sum(pages for _, pages in values) + salary_evidence.get("agrees", {"pages": 0})["pages"] == 3
    assert all(claim["publisher"] == "Zippia" for claim in salary_evidence["differs"])


def test_a_preview_is_the_same_path_and_leaves_nothing() -> None:
    loaded(pipe("Baker", "Cook"))
    before = state(), Revision.objects.get().number, Event.objects.count()

    preview = load_page(page(pipe("Baker", "Miller")), commit=False)

    assert (state(), Revision.objects.get().number, Event.objects.count()) == before
    real = loaded(pipe("Baker", "Miller"))
    assert preview.page is None
    assert (preview.status, preview.changes, preview.report) == (real.status, real.changes, real.report)


def test_a_preview_leaves_the_page_that_was_given_as_it_was() -> None:
    given = page(pipe("Baker", "Miller"))

    load_page(given, commit=False)

    assert not given.pk
    assert given.citation_id is None
    assert load_page(given, commit=True).status == "loaded"


def test_an_unreadable_page_is_refused_with_a_sentence_and_not_kept() -> None:
    outcome = loaded(b"A letter to my aunt.")

    assert outcome.status == "refused"
    assert "no known kind" in (outcome.error or "")
    assert not Page.objects.exists()
    assert not Role.objects.exists()


def test_who_loaded_a_page_is_remembered() -> None:
    ann = User.objects.create(username="ann")

    outcome = load_page(page(pipe("Baker", "Miller")), commit=True, by=ann)

    assert Page.objects.get().loaded_by == ann
    event = Event.objects.get()
    assert (event.by, event.what, event.page_id) == (ann, "load", outcome.page)
    assert event.details == {"changes": 4}


def test_the_revision_counts_up_when_something_was_stored() -> None:
    loaded(pipe("Baker", "Miller"))
    before = Revision.objects.get().number

    loaded(b"no page")
    assert Revision.objects.get().number == before
    loaded(pipe("Baker", "Cook"))
    assert Revision.objects.get().number > before


# -- the citation -----------------------------------------------------------------------------


def test_what_a_person_entered_fills_what_the_page_does_not_say() -> None:
    loaded(pipe("Baker", "Miller"), publisher="Careers Weekly", url="https://example.org/baker", licence="CC0")

    citation = Citation.objects.get()
    assert (citation.publisher.name, citation.url, citation.licence) == (
        "Careers Weekly",
        "https://example.org/baker",
        "CC0",
    )
    assert citation.captured_on == DAY


def test_what_the_page_says_of_itself_takes_precedence_over_what_a_person_entered() -> None:
    loaded(guide("Baker", slug="baker"), publisher="jobicy.com", url="https://example.org/other", licence="CC0")

    citation = Citation.objects.get()
    assert (citation.publisher.name, citation.url) == ("Jobicy", "https://jobicy.com/careers/baker")
    assert "CC BY 4.0" in citation.licence


def test_a_publisher_whom_a_person_entered_is_never_overruled_in_silence() -> None:
    outcome = loaded(guide("Baker", slug="baker"), publisher="Careers Weekly")

    assert outcome.status == "refused"
    assert "Careers Weekly" in (outcome.error or "")
    assert "Jobicy" in (outcome.error or "")
    assert not Citation.objects.exists()


def test_without_a_word_from_anyone_the_layout_tells_the_publisher() -> None:
    loaded(pipe("Baker", "Miller"))

    assert Citation.objects.get().publisher.name == "Zippia"


def test_one_publisher_in_two_spellings_is_one() -> None:
    loaded(pipe("Baker", "Miller"))
    loaded(pipe("Baker", "Cook"), publisher="zippia")

    assert {citation.publisher.name for citation in Citation.objects.all()} == {"Zippia"}


def test_an_address_that_is_no_web_address_is_never_kept() -> None:
    reading = stored(RoleFacts(title="Baker", titled_by="table", duties=(duty("Bake."),)), url="javascript:alert(1)")

    assert Citation.objects.get().url == ""
    assert [warning["code"] for warning in reading.page.warnings] == ["out-of-bounds"]


# -- roles and their names --------------------------------------------------------------------


def test_a_title_in_another_spelling_is_the_same_role() -> None:
    loaded(pipe("Lead Baker", "Miller"))
    loaded(pipe("lead  baker", "Cook"))

    assert sorted(Role.objects.values_list("title", flat=True)) == ["Cook", "Lead Baker", "Miller"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_spelling_of_a_title_does_not_hang_on_the_order(turned: bool) -> None:
    spellings = ["lead baker", "LEAD BAKER", "Lead Baker"]
    for spelling in reversed(spellings) if turned else spellings:
        loaded(pipe(spelling, "Miller"))

    assert role("lead baker").title == "Lead Baker"
    assert role("lead baker").slug == "lead-baker"


def test_an_acronym_keeps_its_capitals() -> None:
    loaded(pipe("Lpn", "Miller"))
    loaded(pipe("LPN", "Miller"))

    assert role("lpn").title == "LPN"


@pytest.mark.parametrize("turned", [False, True])
def test_a_spelling_from_prose_gives_way_to_any_other(turned: bool) -> None:
    facts = [
        RoleFacts(title="IT BAKER of Bread", titled_by="prose", duties=(duty("Bake."),)),
        RoleFacts(title="It baker of bread", titled_by="table", duties=(duty("Bake bread."),)),
    ]
    for of_role in reversed(facts) if turned else facts:
        stored(of_role)

    assert Role.objects.get().title == "It baker of bread"


def test_another_title_that_a_person_gave_leads_to_the_role() -> None:
    loaded(pipe("Baker", "Miller"))
    RoleAlias.objects.create(role=role("Baker"), title="Bread Maker", slug="bread-maker")

    outcome = loaded(pipe("Bread Maker", "Cook"))

    assert outcome.report is not None
    assert outcome.report.roles == ("baker", "cook")
    assert role("Baker").title == "Baker"
    assert Role.objects.count() == 3


def test_two_titles_of_one_page_that_are_one_role_keep_the_facts_of_its_own_title() -> None:
    loaded(pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600")}))
    RoleAlias.objects.create(role=role("Baker"), title="Bread Maker", slug="bread-maker")

    rows = {"Yearly salary": ("$99,000", "$31,000"), "Growth rate": ("1%", "2%")}
    outcome = loaded(pipe("Bread Maker", "Baker", rows), captured_on=DAY.replace(year=2028))

    assert role("Baker").salary.annual_average == 31000
    assert outcome.report is not None
    assert outcome.report.roles == ("baker",)
    assert [warning["code"] for warning in outcome.report.warnings] == ["same-role"]


def test_slugs_that_clash_get_a_number_and_other_titles_count() -> None:
    loaded(pipe("Baker/Cook", "Miller"))
    RoleAlias.objects.create(role=role("Miller"), title="Grinder & Son", slug="grinder-son")
    loaded(pipe("Baker & Cook", "Grinder Son"))

    slugs = dict(Role.objects.values_list("title", "slug"))
    assert slugs["Baker & Cook"] == "baker-cook-2"
    assert slugs["Grinder Son"] == "grinder-son-2"


def test_a_numbered_slug_never_joins_two() -> None:
    long = "a" * 116 + " vsx"  # cut at 120 signs, its slug ends in -vs
    stored(RoleFacts(title=long, titled_by="table", duties=(duty("Work."),)))
    stored(RoleFacts(title=long.replace(" ", "/"), titled_by="table", duties=(duty("Work hard."),)))

    assert not Role.objects.filter(slug__contains="-vs-").exists()
    assert Role.objects.count() == 2


def test_a_role_of_which_the_page_says_nothing_is_not_made() -> None:
    stored(
        RoleFacts(title="Baker", titled_by="table", duties=(duty("Bake."),)),
        RoleFacts(title="Miller", titled_by="table"),
    )

    assert [role.title for role in Role.objects.all()] == ["Baker"]
    assert [mention.title for mention in Mention.objects.all()] == ["Baker"]


# -- lists ------------------------------------------------------------------------------------


def skill(name: str, rank: int = 1, percent: int | None = None) -> SkillFact:
    return SkillFact(name, "listed", rank, percent, None, Evidence(1, name, "listed"))


def duty(text: str) -> DutyFact:
    return DutyFact(text, Evidence(1, text, "listed"))


def with_skills(*names: str, title: str = "Baker") -> RoleFacts:
    skills = tuple(skill(name, rank) for rank, name in enumerate(names, 1))
    return RoleFacts(title=title, titled_by="table", skills=skills)


def test_skills_keep_their_order_and_each_page_its_spelling() -> None:
    stored(with_skills("SQL", "data entry", "C++"))
    stored(with_skills("sql", title="Miller"))

    rows = role("Miller").roleskill_rows.all()
    assert [(row.name, row.skill.name) for row in rows] == [("sql", "SQL")]
    assert [row.name for row in role("Baker").roleskill_rows.all()] == ["SQL", "data entry", "C++"]


def test_c_and_its_kin_stay_three_skills() -> None:
    stored(with_skills("C", "C++", "C#"))

    assert sorted(Skill.objects.values_list("slug", flat=True)) == ["c", "c-plus-plus", "c-sharp"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_spelling_of_a_skill_does_not_hang_on_the_order(turned: bool) -> None:
    for name in reversed(["java", "Java"]) if turned else ["java", "Java"]:
        stored(with_skills(name, title=f"Baker of {name!r}"))

    assert Skill.objects.get().name == "Java"


def test_a_spelling_that_a_person_joined_stays_a_skill_of_its_own_so_that_it_can_be_separated_again() -> None:
    stored(with_skills("JavaScript"))
    SkillAlias.objects.create(skill=Skill.objects.get(), name="JS")

    stored(with_skills("js", title="Miller"))

    assert role("Miller").roleskill_rows.get().skill.name == "js"


def test_hidden_duties_are_told_on_the_last_one() -> None:
    facts = RoleFacts(title="Baker", titled_by="table", duties=(duty("Bake."), duty("Sell.")), duties_truncated=True)
    stored(facts)

    assert list(Duty.objects.values_list("text", "truncated")) == [("Bake.", False), ("Sell.", True)]


def test_sections_are_kept_whole_and_in_order() -> None:
    loaded(guide("Baker"))

    sections = role("Baker").section_rows.all()
    assert [section.heading for section in sections][-1] == "Work Setting"
    assert sections[len(sections) - 1].blocks == [{"type": "paragraph", "text": "Indoors."}]


# -- values that cannot be stored -------------------------------------------------------------


def salary(**values: object) -> RoleFacts:
    marks = {name: Evidence(7, str(value), "cell") for name, value in values.items()}
    facts = SalaryFacts(**values, evidence=marks)  # type: ignore[arg-type] # the tests give wrong ones on purpose
    return RoleFacts(title="Baker", titled_by="table", salary=facts)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("annual_average", 2**31),
        ("annual_average", -1),
        ("hourly_average", Decimal(1_000_000)),
        ("hourly_average", Decimal("1.005")),
        ("hourly_average", Decimal("NaN")),
        ("hourly_average", Decimal("Infinity")),
        ("top_city", "x" * 121),
        ("top_city", "Ba\x00th"),
        ("note", "half a \ud83d character"),
    ],
)
def test_a_value_that_a_column_refuses_stays_raw_and_the_rest_loads(field: str, value: object) -> None:
    reading = stored(salary(**{"annual_median": 30_000, field: value}))

    row = SalaryStats.objects.get()
    assert row.annual_median == 30_000
    assert getattr(row, field) is None
    assert row.evidence[field]["warnings"] == ["out-of-bounds"]
    assert row.evidence[field]["line"] == 7
    assert [(warning["code"], warning["field"]) for warning in reading.page.warnings] == [
        ("out-of-bounds", f"salary.{field}")
    ]


def test_a_range_that_runs_backwards_has_no_ends() -> None:
    stored(salary(annual_low=50_000, annual_high=40_000, annual_average=45_000))

    row = SalaryStats.objects.get()
    assert (row.annual_low, row.annual_high, row.annual_average) == (None, None, 45_000)
    assert row.evidence["annual_low"]["raw"] == "50000"
    assert row.evidence["annual_high"]["warnings"] == ["out-of-bounds"]


def test_a_group_without_a_value_stores_no_row() -> None:
    unpublished = OutlookFacts(evidence={"satisfaction": Evidence(3, "-", "cell")})
    stored(RoleFacts(title="Baker", titled_by="table", duties=(duty("Bake."),), outlook=unpublished))

    assert not Outlook.objects.exists()


def test_a_group_with_nothing_but_an_unclear_value_keeps_its_raw_text() -> None:
    unclear = OutlookFacts(evidence={"job_count": Evidence(3, "123456", "unread", ("123", "456"))})
    stored(RoleFacts(title="Baker", titled_by="table", outlook=unclear))

    row = Outlook.objects.get()
    assert row.job_count is None
    assert row.evidence["job_count"] == {"line": 3, "raw": "123456", "how": "unread", "candidates": ["123", "456"]}
    assert role("Baker").outlook == row


def test_an_entry_of_a_list_that_cannot_be_stored_is_told_as_unread() -> None:
    reading = stored(with_skills("data entry", "x" * 201, "halved \udc00"))

    assert [row.name for row in role("Baker").roleskill_rows.all()] == ["data entry"]
    assert [len(line["text"]) for line in reading.page.unread] == [201, 8]
    assert {warning["code"] for warning in reading.page.warnings} == {"out-of-bounds"}


def test_a_share_above_a_hundred_is_null_and_its_skill_stays() -> None:
    stored(RoleFacts(title="Baker", titled_by="table", skills=(skill("data entry", 1, 170),)))

    row = role("Baker").roleskill_rows.get()
    assert row.percent is None
    assert row.evidence["name"]["warnings"] == ["out-of-bounds"]


def test_a_list_without_end_is_cut_and_said() -> None:
    many = tuple(duty(f"Duty {number}.") for number in range(5_010))
    reading = stored(RoleFacts(title="Baker", titled_by="table", duties=many))

    assert Duty.objects.count() == 5_000
    assert [warning["message"] for warning in reading.page.warnings] == [
        "Only the first 5,000 of the duties were kept."
    ]


def test_a_page_whose_title_cannot_be_stored_is_refused() -> None:
    outcome = loaded(pipe("B" * 201, "Miller"))

    assert outcome.status == "refused"
    assert "cannot be a role's title" in (outcome.error or "")
    assert not Role.objects.exists()


# -- many at once -----------------------------------------------------------------------------


def test_many_pages_at_once_give_what_each_alone_gives() -> None:
    contents = [pipe("Baker", "Miller"), run_together("Miller", "Cook"), guide("Cook", skills=("Knife work",))]
    with transaction.atomic():
        for content in contents:
            loaded(content)
        one_by_one = state()
        transaction.set_rollback(True)

    outcomes = list(load_pages(page(content) for content in contents))
    propagate()

    assert [outcome.status for outcome in outcomes] == ["loaded"] * 3
    assert state() == one_by_one


def test_one_page_twice_among_many_is_loaded_once() -> None:
    outcomes = list(load_pages([page(pipe("Baker", "Miller")), page(pipe("Baker", "Miller"))]))

    assert [outcome.status for outcome in outcomes] == ["loaded", "unchanged"]
    assert outcomes[0].page == outcomes[1].page


def test_changes_of_many_are_told_page_by_page_in_their_order() -> None:
    better = {"Yearly salary": ("$32,000", "$41,600"), "Hourly rate": ("$15.38", "$20.00")}
    outcomes = list(load_pages([page(pipe("Baker", "Miller")), page(pipe("Baker", "Miller", better))]))

    assert Change("baker", "salary.annual_average", None, 31200) in outcomes[0].changes
    assert Change("baker", "salary.annual_average", 31200, 32000) in outcomes[1].changes


def test_a_page_that_the_database_refuses_leaves_nothing_and_the_others_load() -> None:
    refuse_duties_with("explosive")
    guides = [guide("Baker"), guide("Miller").replace(b"Begin.", b"Be explosive."), guide("Cook")]

    outcomes = list(load_pages(page(content) for content in guides))

    assert [outcome.status for outcome in outcomes] == ["loaded", "refused", "loaded"]
    assert "The database refused the page" in (outcomes[1].error or "")
    assert sorted(Role.objects.values_list("title", flat=True)) == ["Baker", "Cook"]
    assert Page.objects.count() == 2


def refuse_duties_with(word: str) -> None:
    """A rule of the database that the software does not know of."""
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
    loaded(pipe("Baker", "Miller", rows))
    loaded(pipe("Baker", "Cook", rows))

    assert sorted(KnownName.objects.values_list("kind", "name")) == [("company", "IBM"), ("company", "PayPal")]


def test_names_that_were_split_are_not_learned() -> None:
    loaded(run_together("Baker", "Miller", {"Best paying company": "MandiantAdobe"}))

    assert not KnownName.objects.exists()
