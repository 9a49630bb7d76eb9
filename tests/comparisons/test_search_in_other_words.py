"""Finding a role by a question, a task or an employer, and by words that its titles do not have."""

import pytest
from django.test import Client

from careers.models import AddedTitle, Citation, OccupationTitle, Outlook, Role
from careers.names import make_slug
from careers.spelling import fold_spelling
from comparisons.search.matching import answer_query, find_roles
from ingest.loading.search_terms import update_search
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import store_citation

pytestmark = pytest.mark.django_db


def store_everyday_title(role: Role, title: str, citation: Citation, source: str) -> None:
    """Make the role an occupation, as only these have everyday titles. `source`: the list that the title is of."""
    if not role.soc_code:
        role.soc_code = f"99-{role.pk:04}"
        role.save()
    OccupationTitle.objects.create(
        role=role,
        citation=citation,
        position=role.occupationtitle_rows.count(),
        title=title,
        key=fold_spelling(title),
        source=source,
        evidence={},
    )


def test_suggestions_keep_roles_without_a_word_of_which_only_a_few_letters_are_typed() -> None:
    for title in (
        "Flight Attendant",
        "Flight Clerk",
        "Credit Clerk",
        "Cook",
        "Pastry Cook",
        "Carpenter",
        "Flight Chef",
    ):
        Role.objects.create(title=title, slug=make_slug(title))
    suggested = [hit.title for hit in find_roles("flight c", unfinished=True).roles]
    assert suggested[0] == "Flight Clerk"
    assert "Flight Chef" in suggested


def test_a_small_word_at_the_end_is_the_beginning_of_a_word_of_a_title_and_a_filler_is_left_out() -> None:
    for title in ("Flight Attendant", "Analyst", "Actor", "Agent", "Massage Therapist", "Massager", "Payroll"):
        Role.objects.create(title=title, slug=make_slug(title))
    for typed, suggested in (("massage the", "Massage Therapist"), ("massage pay", "Massager")):
        assert find_roles(typed, unfinished=True).roles[0].title == suggested
    assert "Flight Attendant" in [hit.title for hit in find_roles("flight a", unfinished=True).roles]


def test_no_word_is_left_out_while_the_last_one_is_typed() -> None:
    for title in ("Dr", "Driver", "Walmart Driver"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_roles("walmart dr", unfinished=True).roles[0].title == "Walmart Driver"


@pytest.mark.parametrize("typed", ["who repairs roofs and gutters", "which job works with roofs and gutters"])
def test_a_question_for_who_does_two_things_is_no_comparison(typed: str) -> None:
    for title in ("Repairs Roofs", "Works Roofs", "Gutters", "Roofer"):
        Role.objects.create(title=title, slug=make_slug(title))
    update_search(Role.objects.values_list("pk", flat=True))
    assert len(answer_query(typed)) == 1


def test_two_titles_with_or_are_a_comparison_unless_they_are_one_title_that_says_as_much() -> None:
    citation = store_citation("O*NET", "titles")
    roles: list[Role] = []
    for title in ("Paramedics", "Emergency Technicians", "Waiters and Waitresses"):
        roles.append(Role.objects.create(title=title, slug=make_slug(title), soc_code=f"29-000{len(roles)}"))
    names = ((roles[0], "EMT Paramedic", "onet"), (roles[1], "EMT", "soc"), (roles[1], "Waitress", "onet"))
    for role, title, source in (*names, (roles[2], "Waiter", "onet"), (roles[2], "Waitress", "soc")):
        store_everyday_title(role, title, citation, source)
    update_search([role.pk for role in roles])
    assert [result.roles[0].title for result in answer_query("emt or paramedic")] == [
        "Emergency Technicians",
        "Paramedics",
    ]
    assert [result.roles[0].title for result in answer_query("waiter or waitress")] == ["Waiters and Waitresses"]
    [result] = answer_query("waitress or waiter")
    named = [(hit.title, hit.is_called) for hit in result.roles]
    assert named == [("Waiters and Waitresses", True), ("Emergency Technicians", False)]
    assert [(result.roles[0].title, result.match) for result in answer_query("waitress, waiter")] == [
        ("Waiters and Waitresses", "found")
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "heating and cooling technician",
        "heating and coolling technician",
        "cat and dog groomer",
        "advisor to presidents",
        "advisor to the president",
        "executive advisor to presidents",
        "door to door salesman",
        "song verse writer",
        "poetry and verse",
    ],
)
def test_a_title_of_two_fields_or_of_who_helps_another_is_no_comparison(typed: str) -> None:
    for title in (
        "Heating Technician",
        "Cooling Technician",
        "Cat Groomer",
        "Dog Groomer",
        "Advisor",
        "President",
        "Salesman",
        "Verse Writer",
    ):
        Role.objects.create(title=title, slug=make_slug(title))
    assert len(answer_query(typed)) == 1


@pytest.mark.parametrize("typed", ["physics verse electronics", "physics verses electronics salary"])
def test_versus_is_understood_as_it_is_heard_between_two_fields_too(typed: str) -> None:
    for title in ("Physicist", "Electronics Assembler", "Verse Writer"):
        Role.objects.create(title=title, slug=make_slug(title))
    results = answer_query(typed)
    assert [result.roles[0].title for result in results] == ["Physicist", "Electronics Assembler"]


def test_a_slash_between_blanks_parts_two_titles() -> None:
    for title in ("Paralegal", "Legal Secretary", "Paralegal Secretary"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert [result.roles[0].title for result in answer_query("paralegal / legal secretary")] == [
        "Paralegal",
        "Legal Secretary",
    ]


def test_a_slash_between_blanks_makes_two_names_of_one_role_where_a_side_is_no_title() -> None:
    role = Role.objects.create(title="Freight Clerk", slug="freight-clerk", soc_code="43-5011")
    citation = store_citation("O*NET", "titles")
    for title in ("Import Agent", "Export Agent"):
        store_everyday_title(role, title, citation, "onet")
    Role.objects.create(title="Export Agent", slug="export-agent")
    update_search([role.pk])
    for typed in ("import/export agent", "import / export agent"):
        assert [result.roles[0].title for result in answer_query(typed)] == ["Freight Clerk"], typed


def test_a_title_can_begin_with_the_first_word_for_where_somebody_works() -> None:
    for title in ("Lead Teacher", "Toddler Teacher", "Cook", "Pastry Cook", "Cashier", "Whole Food Supplier"):
        Role.objects.create(title=title, slug=make_slug(title))
    for typed, title in (
        ("Lead Teacher - Toddler Room", "Toddler Teacher"),
        ("cook at a pastry kitchen", "Pastry Cook"),
        ("Cashier - Whole Foods", "Cashier"),
    ):
        [result] = answer_query(typed)
        assert (result.roles[0].title, result.match) == (title, "found"), typed


def test_a_rare_name_that_several_share_is_not_meant_by_the_field() -> None:
    roles = [Role.objects.create(title=title, slug=make_slug(title)) for title in ("Trimmer", "Doctor", "Healer")]
    citation = store_citation("O*NET", "titles")
    for role in roles:
        store_everyday_title(role, "Diagnostician", citation, "onet")
    mechanic = Role.objects.create(title="Mechanic", slug="mechanic", soc_code="49-3023")
    store_everyday_title(mechanic, "Diagnostic Technician", citation, "onet")
    outlook = Outlook.objects.create(role=mechanic, citation=citation, job_count=800_000, evidence={})
    Role.objects.filter(pk=mechanic.pk).update(outlook=outlook)
    update_search(Role.objects.values_list("pk", flat=True))
    assert find_roles("diagnostician").roles[0].title != "Mechanic"
    result = find_roles("diagnostics")
    assert (result.roles[0].title, result.match) == ("Mechanic", "nearest")


@pytest.mark.parametrize(
    "typed", ["soldier", "solider", "soliders", "soldiers salary", "stay at home mom", "housewives"]
)
def test_work_that_no_wage_table_counts_finds_nothing_misspelled_or_not(typed: str) -> None:
    for title in ("Solderer", "Home Health Aide", "House Wife Helper"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_roles(typed).match == "nothing"


def test_a_stored_word_is_no_misspelled_name_of_uncounted_work() -> None:
    Role.objects.create(title="Solider", slug="solider")
    assert find_roles("solider").roles[0].title == "Solider"


@pytest.mark.parametrize("typed", ["teacher - music", "teacher - musik", "clerk – payroll"])
def test_what_stands_behind_a_dash_can_be_the_beginning_of_a_title(typed: str) -> None:
    for title in ("Teacher", "Music", "Music Teacher", "Clerk", "Payroll", "Payroll Clerk"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert len(answer_query(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "Cashier - Whole Foods",
        "Cashier | Whole Foods",
        "Cashier @ Whole Foods",
        "Cashier @Xyzzy",
        "Cashier - Nights - Xyzzy",
        "Whole Foods - Cashier",
    ],
)
def test_a_title_beside_the_name_of_an_employer_is_found(typed: str) -> None:
    for title in ("Cashier", "Whole Food Supplier", "Food Server"):
        Role.objects.create(title=title, slug=make_slug(title))
    [result] = answer_query(typed)
    assert (result.typed, result.roles[0].title, result.match) == (typed, "Cashier", "found")


def test_a_side_of_a_comparison_can_name_an_employer_behind_a_dash() -> None:
    for title in ("Cashier", "Whole Food Supplier", "Food Server"):
        Role.objects.create(title=title, slug=make_slug(title))
    results = answer_query("Cashier - Whole Foods vs food server")
    assert [(result.typed, result.roles[0].title, result.match) for result in results] == [
        ("Cashier - Whole Foods", "Cashier", "found"),
        ("food server", "Food Server", "found"),
    ]


@pytest.mark.parametrize("title", ["Barge or Dredge Hand", "Bunch Maker, Hand", "OB/GYN Nurse"])
def test_a_side_that_is_a_title_is_not_parted(title: str) -> None:
    citation = store_citation("O*NET", "titles")
    for stored in ("Dock Worker", "Barge", "Dredge Hand", "Bunch Maker", "Hand", "OB", "GYN Nurse", "Baker"):
        role = Role.objects.create(title=stored, slug=make_slug(stored))
        store_everyday_title(role, title if stored == "Dock Worker" else stored, citation, "onet")
        update_search([role.pk])
    assert [result.roles[0].title for result in answer_query(f"{title} vs baker")] == ["Dock Worker", "Baker"]


@pytest.mark.parametrize("typed", ["counselor to psychologist", "legal secretary to paralegal", "usher to actor"])
def test_a_change_from_one_title_to_another_is_a_comparison(typed: str) -> None:
    for title in ("Counselor", "Psychologist", "Legal Secretary", "Paralegal", "Usher", "Actor"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert [result.match for result in answer_query(typed)] == ["found", "found"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("bucher", "Butcher"),
        ("glasier", "Glazier"),
        ("curater", "Curator"),
        ("fisical", "Physical"),
        ("jueler", "Jeweler"),
        ("stuard", "Steward"),
    ],
)
def test_a_word_is_read_as_the_one_that_sounds_most_like_it(typed: str, title: str) -> None:
    titles = "Bucker, Butcher, Meat Butcher, Glacier Guide, Glazier, Crater, Curator, Fiscal, Physical".split(", ")
    titles += ["Jailer", "Jeweler", "Steward"]
    for stored in (*titles, "Physical Therapist"):
        Role.objects.create(title=stored, slug=make_slug(stored))
    assert find_roles(typed).roles[0].title == title


def test_what_somebody_makes_is_not_taken_for_another_name() -> None:
    for title in ("Movie Maker", "Mover"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_roles("make movies").roles[0].title == "Movie Maker"


def store_occupation(title: str, everyday_titles: list[str]) -> None:
    role = Role.objects.create(title=title, slug=make_slug(title), soc_code="51-9199")
    citation = store_citation("O*NET", "titles")
    for everyday in everyday_titles:
        store_everyday_title(role, everyday, citation, "onet")
    update_search([role.pk])


def test_a_word_that_few_titles_of_an_occupation_end_with_finds_only_the_nearest() -> None:
    store_occupation("Athletes", ["Bass Angler", *(f"{number}th Player" for number in range(40))])
    assert [find_roles(typed).match for typed in ("angler", "player")] == ["nearest", "found"]


def test_words_in_the_middle_of_few_titles_find_only_the_nearest() -> None:
    titles = ["Wedding Dress Presser", *(f"{number}th Steam Machine Operator" for number in range(40))]
    store_occupation("Pressers of Garments", titles)
    for typed, match in (("wedding dress", "nearest"), ("steam machine", "found"), ("machine operator", "found")):
        assert find_roles(typed).match == match, typed


def test_a_word_alone_is_not_found_by_a_title_that_it_need_not_mean() -> None:
    titles = """Mooner Frogman Stringer Pope Spook Buyer Retail Physicist Zoologist Baser Bater Sander Slicer Croupier
        Weaver Internist Springer""".split()
    store_occupation("Production Workers", ["Watch Repairer", *titles])
    for typed in "moon frog stranger poor spoke bury walmart sandy basement sliced interest spring".split():
        result = find_roles(typed)
        assert ([hit.title for hit in result.roles], result.match) == (["Production Workers"], "nearest"), typed
    assert not find_roles("batman").roles
    for typed in ("mooner", "physics", "watch repair", "zoologest", "zoologst", "croupeir", "weavver", "frogwoman"):
        assert find_roles(typed).match == "found", typed


def test_a_common_name_of_several_occupations_is_not_taken_for_one_of_them() -> None:
    titles = ("Physicians, Pathologists", "Cooks, Institution and Cafeteria", "Agents of Singers, Actors, and Athletes")
    for number, title in enumerate(titles):
        Role.objects.create(title=title, slug=make_slug(title), soc_code=f"29-000{number}")
    listed = Role.objects.create(title="Family Medicine Doctors", slug="family-doctors", soc_code="29-1215")
    for title in ("Physician", "Cook", "Athlete"):
        AddedTitle.objects.create(role=listed, title=title)
        assert find_roles(title).roles[0].title == listed.title


def test_the_role_that_most_people_mean_goes_first_among_those_that_are_called_so() -> None:
    citation = store_citation("Rolewise", "titles")
    mechanics = {}
    for number, title in enumerate(("Heating Mechanics", "Automotive Service Technicians")):
        mechanics[title] = Role.objects.create(title=title, slug=make_slug(title), soc_code=f"49-000{number}")
    for title, source in (("Heating Mechanics", "soc"), ("Automotive Service Technicians", "rolewise")):
        store_everyday_title(mechanics[title], "Mechanic", citation, source)
    update_search([role.pk for role in mechanics.values()])
    result = find_roles("mechanic")
    assert [(hit.title, hit.called) for hit in result.roles] == [
        ("Automotive Service Technicians", "Mechanic"),
        ("Heating Mechanics", "Mechanic"),
    ]


def test_the_rarest_word_of_several_says_most_about_who_is_meant() -> None:
    citation = store_citation("Rolewise", "jobs")
    roles = []
    for title, jobs in (("Bakery Worker", 3_000_000), ("Office Worker", 3_000_000), ("Library Clerk", 1_000_000)):
        role = Role.objects.create(title=title, slug=make_slug(title))
        role.outlook = Outlook.objects.create(role=role, citation=citation, job_count=jobs, evidence={})
        role.save()
        roles.append(role.pk)
    update_search(roles)
    result = find_roles("library worker")
    assert (result.roles[0].title, result.match) == ("Library Clerk", "nearest")


def test_words_that_stand_apart_in_titles_find_only_the_nearest() -> None:
    Role.objects.create(title="School Bus Driver", slug="school-bus-driver")
    assert find_roles("school driver").match == "nearest"
    assert find_roles("bus driver").match == "found"


def test_a_title_by_which_most_people_mean_one_role_is_not_taken_for_those_who_work_in_a_field() -> None:
    citation = store_citation("Rolewise", "titles")
    press = Role.objects.create(title="Printing Press Operators", slug="printers", soc_code="51-5112")
    Role.objects.create(title="Presser", slug="pressers", soc_code="51-6021")
    store_everyday_title(press, "Pressman", citation, "rolewise")
    update_search([press.pk])
    assert find_roles("pressman").roles[0].title == press.title


def test_a_short_form_stands_for_whichever_of_its_words_makes_a_title() -> None:
    for title in ("Account Manager", "Accountant Assistant", "English Teacher", "Service Manager"):
        Role.objects.create(title=title, slug=make_slug(title))
    for typed, title in {
        "acct mgr": "Account Manager",
        "acct asst": "Accountant Assistant",
        "eng teacher": "English Teacher",
        "svc mgr": "Service Manager",
    }.items():
        assert (find_roles(typed).roles[0].title, find_roles(typed).match) == (title, "found"), typed


def test_a_level_alone_names_nothing() -> None:
    Role.objects.create(title="Leveler", slug="leveler")
    assert [find_roles(typed).match for typed in ("level 5", "entry level", "a level 2 job")] == ["nothing"] * 3


def test_a_title_with_a_slash_is_one_role_where_a_role_has_both_names() -> None:
    for title in ("OB", "Physician Assistant", "Host"):
        Role.objects.create(title=title, slug=make_slug(title))
    nurse = Role.objects.create(title="Nurse", slug="nurse", soc_code="29-1141")
    attendant = Role.objects.create(title="Attendant", slug="attendant", soc_code="39-3031")
    AddedTitle.objects.create(role=nurse, title="OB/GYN Nurse")
    AddedTitle.objects.create(role=attendant, title="Ground Host/Hostess")
    update_search([nurse.pk, attendant.pk])
    for typed, role in {"OB/GYN nurse": nurse, "ground host/hostess": attendant, "Nurse (OB/GYN)": nurse}.items():
        [result] = answer_query(typed)
        assert result.roles[0].slug == role.slug, typed
    assert [result.roles[0].title for result in answer_query("nurse/physician assistant")] == [
        "Nurse",
        "Physician Assistant",
    ]


def test_a_side_for_which_a_page_has_no_room_is_named(client: Client) -> None:
    for title in ("Nurse", "Cashier", "Carpenter", "Writer", "Plumber"):
        Role.objects.create(title=title, slug=make_slug(title))
    page = client.get("/roles/", {"q": "nurse vs cashier vs carpenter vs writer vs plumber"}, follow=True)
    assert "“plumber” is left out: 4 roles can be read side by side." in page.content.decode()
    for pickers in (
        ["nurse vs cashier vs carpenter", "writer vs plumber"],
        ["nurse vs cashier vs carpenter vs writer vs plumber", ""],
        ["nurse vs cashier vs carpenter vs qqqqqq vs plumber"],
    ):
        page = client.get("/compare/", {"role": pickers}, follow=True)
        assert "“plumber” is left out: 4 roles can be read side by side." in page.content.decode(), pickers
    for typed in ("nurse or cashier or carpenter vs writer or plumber", "nurse, cashier, carpenter, writer or plumber"):
        for address, parameter in (("/roles/", "q"), ("/compare/", "role")):
            page = client.get(address, {parameter: typed}, follow=True)
            assert "“plumber” is left out: 4 roles can be read side by side." in page.content.decode(), typed
            assert page.request["PATH_INFO"] == "/compare/nurse-vs-cashier-vs-carpenter-vs-writer/"
    page = client.get("/roles/", {"q": "nurse vs cashier vs carpenter vs writer"}, follow=True)
    assert "left out" not in page.content.decode()


@pytest.mark.parametrize("typed", ["nurse/nurse practitioner", "nurse practitioner / nurse"])
def test_a_slash_between_names_of_which_one_has_all_words_of_the_other_parts_two_sides(typed: str) -> None:
    for title in ("Nurse", "Nurse Practitioner"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert {result.roles[0].title for result in answer_query(typed)} == {"Nurse", "Nurse Practitioner"}


def test_a_title_without_its_blanks_is_found() -> None:
    for title in ("Real Estate Agent", "UX Designer", "Estate Agent"):
        Role.objects.create(title=title, slug=make_slug(title))
    for typed in ("realestateagent", "realEstateAgents", "real_estate_agent", "realestateagent salary"):
        result = find_roles(typed)
        assert (result.match, result.roles[0].title) == ("found", "Real Estate Agent"), typed
    assert find_roles("uxdesigner").roles[0].title == "UX Designer"
    assert find_roles("realestateagen", unfinished=True).roles == []
    assert find_roles("realestateagent", unfinished=True).roles[0].title == "Real Estate Agent"


def test_a_title_that_begins_with_leave_is_no_comparison() -> None:
    for title in ("Leave Administrator", "Administrator", "School Principal"):
        Role.objects.create(title=title, slug=make_slug(title))
    [result] = answer_query("leave administrator for schools")
    assert result.roles[0].title == "Leave Administrator"


def test_another_word_than_the_one_that_stands_for_a_short_form_is_a_guess() -> None:
    """“Comp” is compensation, which no compensator works in."""
    operator = Role.objects.create(title="Cutting Machine Operator", slug="cutting-machine-operator")
    store_everyday_title(operator, "Compensator", store_citation("O*NET", "titles"), "onet")
    update_search([operator.pk])
    assert (find_roles("comp").match, find_roles("compensator").match) == ("nearest", "found")


def test_a_page_asks_about_what_it_guessed_and_not_about_titles(client: Client) -> None:
    nurse = Role.objects.create(title="Nurse", slug="nurse")
    baker = Role.objects.create(title="Baker", slug="baker", soc_code="51-3011")
    AddedTitle.objects.create(role=baker, title="Pastry Cook")
    update_search([nurse.pk, baker.pk])

    def list_asked(query: str) -> tuple[list[str], bool]:
        page = open_page(client, f"/compare/nurse-vs-baker/?q={query}")
        return list_texts(page, ".meant li"), bool(page.cssselect(".meant[open]"))

    assert list_asked("nurse+vs+baker") == ([], False)
    assert list_asked("nurse+vs+pastry+cook") == (["“pastry cook” was taken for Baker."], False)
    assert list_asked("nurse+vs+bakr") == (["“bakr” was taken for Baker."], True)


def test_a_title_that_is_the_name_of_an_occupation_too_is_asked_about(client: Client) -> None:
    for title in ("Nurse", "Baker"):
        Role.objects.create(title=title, slug=make_slug(title))
    Role.objects.create(title="Bakers", slug="baker-2", soc_code="51-3011")
    update_search(list(Role.objects.values_list("pk", flat=True)))
    Role.objects.filter(slug="baker-2").update(singular="Baker", plural="bakers")
    page = open_page(client, "/compare/nurse-vs-baker/?q=nurse+vs+baker")
    assert [link.get("href") for link in page.cssselect(".meant a")] == ["/compare/nurse-vs-baker-2/?q=nurse+vs+baker"]


def test_a_name_of_several_is_not_also_called_what_it_says() -> None:
    Role.objects.create(
        title="Plumbers, Pipefitters, and Steamfitters",
        slug="plumbers-47-2152",
        soc_code="47-2152",
        singular="Plumber or pipefitter",
        plural="Plumbers and pipefitters",
    )
    for typed, called in (("plumber", ""), ("pipefitters", ""), ("steamfitter", "Steamfitters")):
        [hit] = find_roles(typed).roles
        assert (hit.called, hit.is_called) == (called, True)


@pytest.mark.parametrize(
    ("typed", "title"),
    [("loyer", "Lawyer"), ("surjun", "Surgeon"), ("nurs", "Nurse"), ("bujet analyst", "Budget Analyst")],
)
def test_words_written_by_ear_or_begun_find_what_they_sound_like(typed: str, title: str) -> None:
    for stored in ("Lawyer", "Layer", "Surgeon", "Nurse", "Budget Analyst", "Layout Worker"):
        Role.objects.create(title=stored, slug=make_slug(stored))
    assert find_roles(typed).roles[0].title == title


def test_a_trade_school_teaches_a_vocation_and_no_trading() -> None:
    for title in ("Trader", "Vocational Teacher", "Welder"):
        Role.objects.create(title=title, slug=make_slug(title))
    assert find_roles("trade school").roles[0].title == "Vocational Teacher"
    assert find_roles("welding school").roles[0].title == "Welder"
