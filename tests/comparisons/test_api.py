"""The API against its own description, which is held to the views and the other way round."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pytest_django.fixtures import Settings

from careers.models import RoleAlias, Skill, SkillAlias
from careers.vocabulary import HOW
from comparisons.api import openapi
from comparisons.exports.exported_values import export_comparison
from comparisons.exports.role_json import export_role
from comparisons.queries import filters, listings, revision
from comparisons.queries.roles import read_current_roles
from comparisons.urls import api_patterns
from comparisons.views import response_cache
from tests.comparisons.full_role import store_role_with_every_field
from tests.comparisons.opened_pages import HOSTILE, count_queries, list_texts, open_page
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PAGES, PROGRAM, SOFTWARE, store_role, store_role_from

pytestmark = pytest.mark.django_db

PAIR = "/api/v1/compare/lead-technician-vs-software-support-technician"


@pytest.fixture
def five() -> None:
    for title in (LEAD, SOFTWARE, PROGRAM, CUSTOMER, GUIDE):
        store_role(title)


def find_description(address: str) -> str:
    """The path of the document that an address belongs to."""
    path = urlsplit(address).path
    for template in openapi.DOCUMENT["paths"]:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]*", template), path):
            return str(template)
    raise AssertionError(f"{address} is not described")


def check(address: str, status: int, data: Any) -> None:
    """An answer is one of those that the document gives for this address, and of its shape."""
    answer = openapi.DOCUMENT["paths"][find_description(address)]["get"]["responses"][str(status)]
    schema = answer["content"]["application/json"]["schema"] | {"components": openapi.DOCUMENT["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(data)


def fetch_json(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.content[:300])
    assert answer.headers["Content-Type"] == "application/json"
    data = answer.json()
    check(address, status, data)
    return data


# -- The description ------------------------------------------------------------------------------------------


def test_every_address_is_described_and_every_description_has_its_address() -> None:
    patterns = [str(route.pattern) for route in api_patterns]
    routes = {"/" + re.sub(r"<str:(\w+)>", r"{\1}", pattern) for pattern in patterns if not pattern.startswith("^")}
    assert routes - {"/api/openapi.json"} == set(openapi.DOCUMENT["paths"])


def test_what_an_address_takes_in_its_path_is_described() -> None:
    for path in openapi.DOCUMENT["paths"]:
        inside = [parameter["name"] for parameter in openapi.parameters_of(path) if parameter["in"] == "path"]
        assert inside == re.findall(r"\{(\w+)\}", path)


def test_every_schema_is_valid_and_used() -> None:
    used = set(re.findall(r'"#/components/schemas/(\w+)"', openapi.TEXT))
    assert used == set(openapi.DOCUMENT["components"]["schemas"])
    for schema in openapi.DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_filters_and_bounds_are_those_of_the_list() -> None:
    schemas = {parameter["name"]: parameter["schema"] for parameter in openapi.parameters_of("/api/v1/roles")}
    assert set(filters.RolesFilter.base_filters) <= schemas.keys()
    assert schemas["pay_from"]["maximum"] == schemas["pay_to"]["maximum"] == filters.MOST_DOLLARS
    assert schemas["jobs_from"]["maximum"] == filters.MOST_JOBS
    assert schemas["growth_from"]["maximum"] == -schemas["growth_from"]["minimum"] == filters.MOST_PERCENT
    assert schemas["education"]["enum"] == list(filters.EDUCATIONS)
    assert schemas["months_to"]["enum"] == list(filters.TIMES)
    assert schemas["has"]["items"]["enum"] == list(filters.HAVING)
    sorts = {order.removeprefix("-") for order in schemas["sort"]["enum"]}
    assert sorts == {"title", *listings.COLUMNS}


def test_every_way_of_reading_is_described() -> None:
    assert openapi.DOCUMENT["components"]["schemas"]["Evidence"]["properties"]["how"]["enum"] == sorted(HOW)


def test_the_document_is_served_as_it_stands(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == openapi.DOCUMENT


def test_the_page_for_people_tells_everything_that_is_described(client: Client, five: None) -> None:
    page = open_page(client, "/api/")
    assert list_texts(page, "section > div > p > code") == [f"GET {path}" for path in openapi.DOCUMENT["paths"]]
    names = " ".join(list_texts(page, "section li code"))
    for path in openapi.DOCUMENT["paths"]:
        for parameter in openapi.parameters_of(path):
            assert parameter["name"] in names
    for name in ("salary.annual_average", "roles[].slug", "evidence", "demographics.race.asian_percent"):
        assert name in names.split()


def test_every_example_of_the_page_finds_something(client: Client, five: None) -> None:
    links = [link.get("href") for link in open_page(client, "/api/").cssselect("section a")]
    examples = [link for link in links if link.startswith("/api/v1/")]
    assert len(examples) == len(openapi.DOCUMENT["paths"])
    for address in examples:
        fetch_json(client, address)


def test_an_empty_site_answers_and_is_described_too(client: Client) -> None:
    assert fetch_json(client, "/api/v1/roles")["publisher"] is None
    assert fetch_json(client, "/api/v1/skills")["skills"] == []
    assert fetch_json(client, "/api/v1/search?q=nurse")["roles"] == []
    assert open_page(client, "/api/").cssselect("h1")


# -- What it answers ------------------------------------------------------------------------------------------


def test_a_role_and_a_comparison_are_what_the_exports_give(client: Client, five: None) -> None:
    lead, software = read_current_roles(["lead-technician", "software-support-technician"])
    assert fetch_json(client, "/api/v1/roles/lead-technician") == export_role(lead)
    assert fetch_json(client, PAIR) == export_comparison([lead, software])


def test_a_role_that_has_everything_is_of_the_described_shape(client: Client) -> None:
    fetch_json(client, f"/api/v1/roles/{store_role_with_every_field().slug}")


def test_another_title_finds_the_role(client: Client, five: None) -> None:
    RoleAlias.objects.create(
        role_id=read_current_roles(["lead-technician"])[0].pk, title="Head", slug="head-technician"
    )
    assert fetch_json(client, "/api/v1/roles/head-technician")["slug"] == "lead-technician"
    answer = fetch_json(client, "/api/v1/compare/customer-support-technician-vs-head-technician")
    assert [role["slug"] for role in answer["roles"]] == ["customer-support-technician", "lead-technician"]


def test_roles_are_listed_with_the_figures_of_one_publisher(client: Client, five: None) -> None:
    answer = fetch_json(client, "/api/v1/roles?sort=-pay")
    assert answer["publisher"] == {"name": "Zippia", "slug": "zippia"}
    assert [role["title"] for role in answer["roles"]][:2] == [LEAD, SOFTWARE]
    assert answer["roles"][0]["salary"]["annual_average"] == 90615
    assert answer["roles"][0]["url"] == "http://testserver/roles/lead-technician/"
    assert [role["title"] for role in fetch_json(client, "/api/v1/roles?publisher=jobicy")["roles"]] == [GUIDE]


def test_filters_leave_what_they_say(client: Client, five: None) -> None:
    assert fetch_json(client, "/api/v1/roles?pay_from=80000")["total"] == 1
    assert fetch_json(client, "/api/v1/roles?pay_to=80000")["total"] == 3
    assert fetch_json(client, "/api/v1/roles?has=pay&has=jobs&growth_from=-100&jobs_from=1")["total"] == 4
    assert fetch_json(client, "/api/v1/roles?months_to=6")["total"] == 0


def test_pages_lead_through_the_list_and_back(client: Client, five: None) -> None:
    address, seen = "http://testserver/api/v1/roles?limit=3&has=pay", []
    while address:
        answer = fetch_json(client, address.removeprefix("http://testserver"))
        assert (answer["total"], answer["pages"]) == (4, 2)
        seen += [role["slug"] for role in answer["roles"]]
        last, address = answer, answer["next"]
    assert len(seen) == len(set(seen)) == 4
    assert fetch_json(client, last["previous"].removeprefix("http://testserver"))["page"] == 1
    beyond = fetch_json(client, "/api/v1/roles?limit=3&page=1000000")
    assert beyond["roles"] == []
    assert beyond["previous"].endswith("page=2")


def test_a_filtered_list_too_long_to_count_says_so(client: Client, five: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST_COUNTED", 2)
    answer = fetch_json(client, "/api/v1/roles?has=pay&limit=2")
    assert (answer["total"], answer["pages"], len(answer["roles"])) == (None, 1, 2)
    assert fetch_json(client, "/api/v1/roles?limit=2")["total"] == 4


def test_search_finds_titles_and_tells_what_is_only_near(client: Client) -> None:
    call_command("load_pages", PAGES, verbosity=0)
    answer = fetch_json(client, "/api/v1/search?q=technician+lead&limit=3")
    assert (answer["roles"][0]["title"], answer["match"], answer["near"]) == (LEAD, "found", False)
    near = fetch_json(client, "/api/v1/search?q=zz+technician")
    assert (near["match"], near["near"]) == ("nearest", True)
    both = fetch_json(client, "/api/v1/search?q=lead+technician+vs+software+support+technician")
    assert urlsplit(both["comparison"]).path == "/compare/lead-technician-vs-software-support-technician/"
    nothing = fetch_json(client, "/api/v1/search?q=zzzz")
    assert (nothing["match"], nothing["roles"]) == ("nothing", [])


def test_skills_are_counted_and_lead_to_their_roles(client: Client, five: None) -> None:
    listed = fetch_json(client, "/api/v1/skills?limit=100")
    assert listed["total"] == len(listed["skills"])
    for skill in listed["skills"]:
        answer = fetch_json(client, urlsplit(skill["url"]).path)
        assert (answer["name"], answer["total"], len(answer["roles"])) == (
            skill["name"],
            skill["roles"],
            skill["roles"],
        )


def test_a_role_that_lists_a_skill_twice_is_one_role(client: Client) -> None:
    skill = {"name": "SQL", "rank": 1, "percent": None, "tier": None}
    facts = {"title": "Analyst", "page": "analyst", "skills": [skill | {"kind": "tech"}, skill | {"kind": "tool"}]}
    store_role_from(facts)
    assert [skill["roles"] for skill in fetch_json(client, "/api/v1/skills")["skills"]] == [1]
    assert [role["kind"] for role in fetch_json(client, "/api/v1/skills/sql")["roles"]] == ["tech"]


def test_spellings_that_admins_joined_are_one_skill(client: Client) -> None:
    def listed(title: str, *names: str) -> None:
        skill = {"kind": "listed", "rank": 1, "percent": None, "tier": None}
        store_role_from({"title": title, "page": title, "skills": [skill | {"name": name} for name in names]})

    listed("Analyst", "Troubleshoot", "Troubleshooting")
    listed("Baker", "Troubleshooting")
    SkillAlias.objects.create(skill=Skill.objects.get(name="Troubleshoot"), name="Troubleshooting")
    assert [(skill["slug"], skill["roles"]) for skill in fetch_json(client, "/api/v1/skills")["skills"]] == [
        ("troubleshoot", 2)
    ]
    for slug in ("troubleshoot", "troubleshooting"):
        answer = fetch_json(client, f"/api/v1/skills/{slug}")
        assert (answer["slug"], answer["total"]) == ("troubleshoot", 2)
        assert [(role["title"], role["name"]) for role in answer["roles"]] == [
            ("Analyst", "Troubleshoot"),
            ("Baker", "Troubleshooting"),
        ]


# -- What it refuses ------------------------------------------------------------------------------------------

WRONG = {
    "/api/v1/roles?limit=0": ("limit", "a whole number from 1 to 100"),
    "/api/v1/roles?limit=101": ("limit", "a whole number from 1 to 100"),
    "/api/v1/roles?page=1.5": ("page", "a whole number from 1 to 1,000,000"),
    "/api/v1/roles?page=" + "9" * 5000: ("page", "a whole number from 1 to 1,000,000"),
    "/api/v1/roles?page=%D9%A1": ("page", "a whole number from 1 to 1,000,000"),
    "/api/v1/roles?limit=1&limit=2": ("limit", "a whole number from 1 to 100"),
    "/api/v1/roles?has=everything": ("has", "one of pay, jobs, growth, months_low"),
    "/api/v1/roles?has=pay&has=pay": ("has", "any of pay, jobs, growth, months_low, each once"),
    "/api/v1/roles?months_to=7": ("months_to", "one of 6, 12, 24, 48, 72, 96, 120"),
    "/api/v1/search": ("q", "1 to 120 characters"),
    "/api/v1/search?q=": ("q", "1 to 120 characters"),
    "/api/v1/search?q=" + "a" * 121: ("q", "1 to 120 characters"),
    "/api/v1/skills?sort=name": ("sort", "one of page, limit"),
    "/api/v1/roles/x?page=1": ("page", "one of where, prices"),
    "/api/v1/compare/one": ("slugs", "the slugs of 2 to 4 different roles with -vs- between them"),
    "/api/v1/compare/a-vs-b-vs-c-vs-d-vs-e": ("slugs", "the slugs of 2 to 4 different roles with -vs- between them"),
    "/api/v1/compare/lead-technician-vs-lead-technician": (
        "slugs",
        "the slugs of 2 to 4 different roles with -vs- between them",
    ),
}


@pytest.mark.same_on_every_database
@pytest.mark.parametrize("address", WRONG)
def test_what_cannot_be_read_is_named_with_what_is_expected(address: str, client: Client, five: None) -> None:
    answer = fetch_json(client, address, 400)
    assert (answer["parameter"], answer["expected"]) == WRONG[address]
    assert len(answer["error"]) < 400


def test_an_answer_about_what_does_not_exist_names_what_is_near(client: Client, five: None) -> None:
    assert {"title": "Zippia", "slug": "zippia"} in fetch_json(client, "/api/v1/roles?publisher=zipia", 404)["near"]
    assert fetch_json(client, "/api/v1/roles?group=Nobody", 404)["error"].startswith("Zippia has no occupation group")
    assert fetch_json(client, "/api/v1/roles?major=9", 404)["error"].startswith("No major with the code “9”")
    assert fetch_json(client, "/api/v1/skills/jav", 404)["near"] == [{"title": "java", "slug": "java"}]
    for address in ("/api/v1/roles/lead-technicians-x", "/api/v1/compare/lead-technicians-x-vs-program-technician"):
        assert "lead-technician" in [near["slug"] for near in fetch_json(client, address, 404)["near"]]
    for address in ("/api/v1/roles/qqqq", "/api/v1/compare/qqqq-vs-lead-technician", "/api/v1/skills/%00"):
        assert fetch_json(client, address, 404)["error"]


@pytest.mark.parametrize("address", ["/api/v1", "/api/v1/", "/api/v1/nowhere", "/api/v1/roles/a/b"])
def test_other_addresses_are_not_found_in_json(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert answer.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_it_is_only_read(method: str, client: Client) -> None:
    for address in ("/api/v1/roles", "/api/v1/roles/lead-technician", "/api/openapi.json"):
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.json() == {"error": "Only GET and HEAD are answered."}


def test_head_is_answered_without_a_body(client: Client, five: None) -> None:
    answer = client.head("/api/v1/roles")
    assert (answer.status_code, answer.content) == (200, b"")


def test_more_parameters_than_anyone_means_are_refused_in_json(client: Client) -> None:
    answer = client.get("/api/v1/roles?" + "&".join(f"a{number}=1" for number in range(1500)))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/json")


def test_pages_of_other_sites_are_let_read_nothing(client: Client, five: None) -> None:
    answer = client.get("/api/v1/roles", headers={"origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_hostile_titles_come_through_as_they_are(client: Client) -> None:
    role = store_role_from({"title": HOSTILE, "page": "hostile"}, salary={"annual_average": 1})
    assert fetch_json(client, f"/api/v1/roles/{role.slug}")["title"] == HOSTILE
    assert fetch_json(client, "/api/v1/roles")["roles"][0]["title"] == HOSTILE


# -- What it costs --------------------------------------------------------------------------------------------

LIMITS = {
    "/api/v1/roles?sort=-pay": 4,
    "/api/v1/roles?pay_from=1": 4,
    "/api/v1/roles/lead-technician": 4,
    PAIR: 5,
    "/api/v1/search?q=technician": 3,
    "/api/v1/skills": 4,
    "/api/v1/skills/java": 9,
    "/api/": 5,
}


def test_an_answer_takes_few_queries_and_no_more_with_many_roles(client: Client, five: None) -> None:
    def asked(address: str) -> int:
        for forget in (revision.forget_computed, response_cache.forget, revision.forget):
            forget()
        return count_queries(client, address)

    few = {address: asked(address) for address in LIMITS}
    assert {address: count for address, count in few.items() if count > LIMITS[address]} == {}
    skill = {"name": "java", "kind": "listed", "rank": 1, "percent": None, "tier": None}
    for number in range(60):
        facts = {"title": f"Made Technician {number}", "page": f"made-{number}", "skills": [skill]}
        store_role_from(facts, salary={"annual_average": 50_000 + number})
    assert {address: count for address in LIMITS if (count := asked(address)) > few[address]} == {}


def test_who_has_an_answer_already_gets_none(client: Client, five: None, settings: Settings) -> None:
    settings.RESPONSE_CACHE_BYTES = 1_000_000
    for address in ("/api/v1/roles", PAIR, "/api/openapi.json"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304


# -- Any query at all -----------------------------------------------------------------------------------------


def make_right_texts(schema: dict[str, Any]) -> st.SearchStrategy[list[str]]:
    """Texts of a parameter that its schema allows; one for each time that it is given."""
    if schema["type"] == "array":
        return st.lists(st.sampled_from(schema["items"]["enum"]), unique=True)
    if "enum" in schema:
        return st.sampled_from(schema["enum"]).map(lambda value: [str(value)])
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"]).map(lambda value: [str(value)])
    return st.text(min_size=1, max_size=schema["maxLength"]).map(lambda value: [value])


ANY = st.lists(st.text(max_size=130) | st.integers().map(str) | st.floats().map(str), max_size=3)
PATHS = {"{slug}": "lead-technician", "{slugs}": "lead-technician-vs-software-support-technician"}


@st.composite
def asked(draw: st.DrawFn) -> str:
    """An address of the API with a query of parameters that it knows, rightly or wrongly given, and others."""
    path = draw(st.sampled_from(sorted(openapi.DOCUMENT["paths"])))
    schemas = {
        parameter["name"]: parameter["schema"]
        for parameter in openapi.parameters_of(path)
        if parameter["in"] == "query"
    }
    query = {name: draw(make_right_texts(schema) | ANY) for name, schema in schemas.items() if draw(st.booleans())}
    if draw(st.integers(0, 4)) == 0:
        query[draw(st.text(max_size=9))] = draw(ANY)
    for inside, slug in PATHS.items():
        path = path.replace(inside, draw(st.just(slug) | st.sampled_from(["java", "x", "%00", "a-vs-b"])))
    return f"{path}?{urlencode(query, doseq=True, errors='replace')}"


@pytest.mark.without_coverage
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=asked())
def test_any_query_is_answered_as_described(address: str, client: Client, five: None) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 400, 404), address
    check(address, answer.status_code, answer.json())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_a_schema_allows_is_read_and_given_back(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(openapi.DOCUMENT["paths"])))
    schemas = {
        parameter["name"]: parameter["schema"]
        for parameter in openapi.parameters_of(path)
        if parameter["in"] == "query"
    }
    texts = {name: data.draw(make_right_texts(schema)) for name, schema in schemas.items()}
    given_query = QueryDict(mutable=True)
    for name, values in texts.items():
        given_query.setlist(name, list(values))
    read = openapi.read_query(path, given_query)
    assert {
        name: list(map(str, value if isinstance(value, list) else [value])) for name, value in read.items()
    } == texts
