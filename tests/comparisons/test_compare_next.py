"""Compare next on the page of a comparison: what pages set beside roles that are no occupations."""

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from careers.models import Citation, Projection, Publisher, RelatedOccupation, Revision, Role, SalaryStats
from comparisons.queries.revision import forget
from tests.comparisons.official import Occupation, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import store_citation, store_role_from

pytestmark = pytest.mark.django_db


def compare_on_pages(*pages: str) -> None:
    """Store roles as pages compare them: `compare_on_pages("Baker Cook", "Cook Miller")`, with underscores for blanks.
    Each earns $40,000."""
    titles = dict.fromkeys(" ".join(pages).split())
    roles = {
        title: store_role_from({"title": title.replace("_", " "), "page": f"of {title}"}, salary=PAY, outlook=JOBS)
        for title in titles
    }
    for page in pages:
        citation = store_citation("Zippia", page)
        for title in page.split():
            SalaryStats.objects.create(role=roles[title], citation=citation, **PAY)


PAY, JOBS = {"annual_average": 40_000}, {"job_count": 1_500}


def test_what_the_newest_page_compares_with_each_role_is_offered_with_its_figures(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller", "Cook Waiter", "Baker Porter")
    page = open_page(client, "/compare/baker-vs-cook/")
    assert list_texts(page, "#next header p") == ["Zippia"]
    assert list_texts(page, "#next li a") == ["Baker or porter?", "Cook or waiter?"]
    assert list_texts(page, "#next li small") == ["$40,000 average · 1,500 jobs"] * 2
    assert page.cssselect("#next li a")[1].get("href") == "/compare/cook-vs-waiter/"


def test_a_title_with_a_comma_is_written_as_in_a_sentence(client: Client) -> None:
    compare_on_pages("Baker Aide,_Library", "Aide,_Library Cook,_Night")
    page = open_page(client, "/compare/aide-library-vs-baker/")
    assert list_texts(page, "#next li a") == ["Aide (library) or cook (night)?"]


def test_what_the_page_compares_already_is_not_offered(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Baker")
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")


def test_a_role_on_several_pages_is_offered_once(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller", "Miller Cook")
    assert list_texts(open_page(client, "/compare/baker-vs-cook/"), "#next li a") == ["Cook or miller?"]


def test_the_newest_pages_of_a_role_come_first_however_many_it_is_on(client: Client) -> None:
    compare_on_pages("Baker Cook", *[f"Cook Miller{number}" for number in range(30)])
    assert list_texts(open_page(client, "/compare/baker-vs-cook/"), "#next li a") == ["Cook or miller29?"]


def test_a_table_of_many_roles_compares_none_of_them(client: Client) -> None:
    compare_on_pages("Baker Cook", "Baker Cook Miller Waiter Porter")
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")


def test_pages_that_were_taken_down_offer_nothing(client: Client) -> None:
    compare_on_pages("Baker Cook", "Cook Miller")
    other = Publisher.objects.create(name="Other", slug="other", taken_down_at=timezone.now())
    Citation.objects.filter(title="Cook miller").update(publisher=other)
    assert not open_page(client, "/compare/baker-vs-cook/").cssselect("#next")


# -- occupations --------------------------------------------------------------------------------------------


@pytest.fixture
def occupations(db: None) -> str:
    """The address of a comparison of nurses and cooks. Nurses are close to midwives."""
    codes = ("29-1141", "35-2014", "29-1161")
    load_release(2025, *map(Occupation, codes, ("Registered Nurses", "Cooks, Restaurant", "Nurse Midwives")))
    source = store_citation("Bureau", "projections")
    source.publisher = Citation.objects.exclude(pk=source.pk).get().publisher
    source.save()
    for role in Role.objects.all():
        role.projection = Projection.objects.create(role=role, citation=source, base_year=2024, target_year=2034)
        if role.soc_code == codes[0]:
            RelatedOccupation.objects.create(role=role, citation=source, position=1, related_code=codes[2], tier="1")
            role.related_citation = source
        role.save()
    return f"/compare/{'-vs-'.join(find_slugs(*codes[:2]))}/"


def test_figures_that_cannot_be_compared_lead_to_those_that_can(client: Client, occupations: str) -> None:
    compare_on_pages("Baker Miller")
    [nurses] = find_slugs("29-1141")
    apart = open_page(client, f"/compare/baker-vs-{nurses}/")
    assert list_texts(apart, ".say") == [
        "No verdict is possible: the figures for bakers and for registered nurses are not comparable."
    ]
    assert [link.get("href") for link in apart.cssselect(".acts > a")] == ["#next"]
    assert list_texts(apart, "#next li a")[0] == "Baker or miller?"
    assert not open_page(client, occupations).cssselect(".acts > a[href='#next']")


def test_the_closest_occupations_come_first_and_of_these_the_largest(client: Client) -> None:
    jobs = {"Anglers": 10_000, "Bakers": 40_000, "Miners": 30_000, "Workers, All Other": 90_000, "Waiters": 80_000}
    codes = {title: f"45-100{number}" for number, title in enumerate(jobs)}
    close = [Occupation(codes[title], title, jobs=number) for title, number in jobs.items()]
    load_release(2025, Occupation("29-1141", "Registered Nurses"), Occupation("35-2014", "Cooks"), *close)
    source = store_citation("O*NET", "related")
    for slug in find_slugs("29-1141", "35-2014"):
        role = Role.objects.get(slug=slug)
        for position, (title, code) in enumerate(codes.items()):
            tier = "primary-long" if title == "Waiters" else "primary-short"
            RelatedOccupation.objects.create(
                role=role, citation=source, position=position, related_code=code, tier=tier
            )
        role.related_citation = source
        role.save()
    [nurses, cooks] = find_slugs("29-1141", "35-2014")
    pair = open_page(client, f"/compare/{nurses}-vs-{cooks}/")
    assert list_texts(pair, "#next li a b") == ["bakers", "miners", "anglers"] * 2
    assert ", closest and largest first;" in list_texts(pair, "#next .note")[0]
    role = open_page(client, f"/roles/{nurses}/")
    assert list_texts(role, "#next li a b")[:4] == ["bakers", "miners", "anglers", "waiters"]


def read_note(client: Client, address: str) -> str:
    [note] = list_texts(open_page(client, address), "#next .note")
    return note.split("; ")[1]


def test_figures_of_related_occupations_have_their_source(client: Client, occupations: str) -> None:
    assert read_note(client, occupations) == (
        "median pay and number of jobs in May 2025 and projected growth 2024–34 by the U.S. Bureau of Labor Statistics."
    )


def test_figures_of_several_publishers_or_years_name_none(client: Client, occupations: str) -> None:
    of_cooks = Projection.objects.filter(role__soc_code="35-2014")
    of_cooks.update(target_year=2035)
    several = "median pay, number of jobs and projected growth as their own pages give them."
    assert read_note(client, occupations) == several
    of_cooks.update(target_year=2034, citation=store_citation("Other", "projections"))
    Revision.objects.update(number=F("number") + 1)
    forget()
    assert read_note(client, occupations) == several
