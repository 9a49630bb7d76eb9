"""Invented facts, written as a page and read back: every value equal, or null and reported.

An unclear value must count the true reading among its candidates. The pages are drawn the same
way in every run.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.vocabulary import STORED_IN
from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError, key_of
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import Knowledge, ParsedPage
from ingest.parsing.readers import READER_OF
from ingest.parsing.role_facts import RoleFacts
from tests.ingest import disturbances, guide_writer, html_writer, pair_writer
from tests.ingest.disturbances import DISTURBANCES
from tests.ingest.guide_writer import Block, Front, GuideContent
from tests.ingest.html_writer import HtmlStyle
from tests.ingest.pair_writer import BANDS, KEYS_OF_TABLES, RACES, PairContent, RoleContent

pytestmark = pytest.mark.usefixtures("without_coverage")

SOME = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NO_KNOWLEDGE = Knowledge()

TITLES = (
    "Lead Technician|Software Support Technician|Technician|Technician II|Technician's Helper|LPN|CNA|"
    "Registered Nurse (RN)|Information Technology/Support Technician|Character Animator|3D Artist|C++ Developer|"
    ".NET Developer|ASP.NET Developer|Chief Of Staff|Attorney|Secretary|Manager, Project|Research And Development "
    "Technician|Owner/Operator|2nd Shift Supervisor|A&P Mechanic|X-Ray Technologist|Sr. Software Engineer|"
    "Software Engineer|Software Engineer III|Vice President & General Manager|HVAC/R Technician|Sales|K-12 Teacher|"
    "911 Operator|IT Specialist|Maître D'|Server|Server Administrator|Physician|Foreman|Nurse, Practical"
).split("|")
COMPANIES = (
    "Meta|Adobe|Mandiant|RSM US|eBay|AT&T|3M|JPMorgan Chase & Co.|Yahoo!|Booking.com|McKinsey & Company Inc|"
    "Ernst & Young|H-E-B|T-Mobile|L'Oréal|7-Eleven|U.S. Bank|O'Reilly Auto Parts|The Home Depot|DeVry|CDW|PwC|X|"
    "Zillow|PayPal|IBM|Bank of America|Procter & Gamble|adidas|iRobot|comScore|lululemon athletica|23andMe|"
    "Forever 21|Lowe's|McAfee|DeWitt|@properties|&pizza|e.l.f. Cosmetics|Deloitte|KPMG|Visa|YouTube|LinkedIn"
).split("|")
INDUSTRIES = (
    "Technology|Finance|Health Care|Retail|Media|Start-up|Fortune 500|Non Profits|Real Estate|IT|Professional|Internet"
).split("|")
MAJORS = (
    "Business|Computer Science|Nursing|English Language And Literature|Criminal Justice|Electrical Engineering "
    "Technology|Homeland Security, Law Enforcement, Firefighting And Related Protective Services|MBA"
).split("|")
COLLEGES = (
    "Stanford University|Texas A&M University|University of California, Los Angeles|MIT|SUNY Buffalo|"
    "California State University - Bakersfield|Ohio State University, The|DeVry University|McGill University|"
    "Washington University in St. Louis|University of Illinois at Urbana-Champaign|Saint Mary's College|"
    "Massachusetts Institute of Technology|McNeese State University"
).split("|")
DEGREES = "Bachelor's Degree|High School Diploma|Associate Degree|Master's Degree|Doctoral Degree|License".split("|")
CITIES = (
    "San Francisco, CA|New York, NY|Washington, DC|St. Louis, MO|Coeur d'Alene, ID|Winston-Salem, NC|McAllen, TX|"
    "O'Fallon, IL|La Cañada Flintridge, CA|Las Vegas, NV"
).split("|")
STATES = "California|New York|District of Columbia|Virginia|West Virginia|Kansas|Arkansas|North Dakota|Hawaii".split(
    "|"
)
SKILLS = (
    "java|r|c++|c#|.net|node.js|customer service|food and beverage|DMV|SQL|e-commerce|a/b testing|St. Louis|"
    "health and safety|windows 10|patient care|troubleshoot|data entry|Microsoft Excel"
).split("|")
SUMMARIES = (
    "This job is about more than it seems, and most of it happens before nine in the morning.",
    "People in this line of work keep machines running. Becoming one typically takes four years of study.",
    "They earn between $40,000 and $90,000, work 40 hours a week and drink 3 cups of tea a day.",
    "Somebody has to do it | and somebody does, well enough for everyone to forget that it is done at all.",
    "“Quoted from the first word to the last, and longer than sixty characters it is as well.”",
)
DUTIES = (
    "Manage projects, reports, and orders.",
    "Average age and years of experience are written down.",
    "Work with TCP/IP - and with IBM UNIX servers",
    "Yearly salary reviews",
    "Keep 95% of the promises made.",
)


def in_table(*tables: str) -> set[str]:
    return {key for table in tables for key in KEYS_OF_TABLES[table]}


def _sometimes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or sometimes None, which is `-` on the page."""
    return st.one_of(values, values, values, st.none())


@st.composite
def _blocks(draw: st.DrawFn, count: int) -> list[Decimal]:
    """Shares with one decimal that add up to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
    return [Decimal(b - a) / 10 for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]


@st.composite
def roles(draw: st.DrawFn, title: str) -> RoleContent:
    average = draw(_sometimes(st.integers(15_000, 450_000)))
    low = draw(_sometimes(st.integers(10, 90)))
    degree = draw(_sometimes(st.sampled_from(DEGREES)))
    gender = draw(_sometimes(_blocks(2)))
    race = draw(_sometimes(_blocks(6)))
    jobs = st.one_of(st.integers(1, 999), st.integers(1_000, 999_999), st.integers(1_000_000, 20_000_000))
    growth = st.one_of(st.integers(-40, 40).map(Decimal), st.sampled_from([Decimal("1.5"), Decimal("-0.5")]))
    rating = st.sampled_from([Decimal(text) for text in ("0", "3", "3.5", "4", "4.25", "4.67", "5", "5.0")])
    values: dict[str, Any] = {
        "salary.annual_average": average,
        "salary.hourly_average": average and (Decimal(average) / 2080).quantize(Decimal("0.01")),
        "salary.annual_low": low and low * 1000,
        "salary.annual_high": low and (low + draw(st.integers(1, 200))) * 1000,
        "salary.top_city": draw(_sometimes(st.sampled_from(CITIES))),
        "salary.top_state": draw(_sometimes(st.sampled_from(STATES))),
        "salary.top_company": draw(_sometimes(st.sampled_from(COMPANIES))),
        "salary.top_industry": draw(_sometimes(st.sampled_from(INDUSTRIES))),
        "outlook.growth_percent": draw(_sometimes(growth)),
        "outlook.job_count": draw(_sometimes(jobs)),
        "outlook.satisfaction": draw(_sometimes(rating)),
        "entry.years_of_experience": draw(st.sampled_from(list(BANDS))),
        "education.degree": degree,
        "education.degree_percent": degree and draw(st.integers(1, 100)),
        "education.major": draw(_sometimes(st.sampled_from(MAJORS))),
        "education.college": draw(_sometimes(st.sampled_from(COLLEGES))),
        "demographics.average_age": draw(_sometimes(st.integers(16, 70))),
        "demographics.male_percent": gender and gender[0],
        "demographics.female_percent": gender and gender[1],
        "demographics.lgbt_percent": draw(_sometimes(st.integers(0, 30))),
    }
    values |= {f"demographics.race.{name}_percent": race and race[at] for at, name in enumerate(RACES)}
    skills = draw(st.permutations(SKILLS))
    return RoleContent(
        title,
        values,
        summary=draw(st.sampled_from(SUMMARIES)),
        named=tuple(skills[:3]),
        listed=tuple((name, 20 - at) for at, name in enumerate(skills[2 : 2 + draw(st.integers(0, 5))])),
        duties=tuple(draw(st.lists(st.sampled_from(DUTIES), max_size=3, unique=True))),
        more=draw(st.booleans()),
    )


@st.composite
def pairs(draw: st.DrawFn) -> PairContent:
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=2, max_size=2, unique=True))
    later = draw(st.lists(st.sampled_from(("salary", "education", "demographics")), min_size=1, unique=True))
    order = [table for table in ("salary", "education", "demographics") if table in later]
    return PairContent(
        (draw(roles(titles[0])), draw(roles(titles[1]))),
        tables=("overview", *order),
        time=draw(st.booleans()),
        claim=draw(st.booleans()),
    )


def parsed(name: str, text: str, knowledge: Knowledge = NO_KNOWLEDGE) -> ParsedPage:
    return parse_page(read_document(name, text.encode()), knowledge)


def value_of(role: RoleFacts, key: str) -> Any:
    group, name = STORED_IN[key]
    return getattr(getattr(role, group), name)


def wrong_values(page: ParsedPage, content: PairContent) -> list[str]:
    """Values that were read and are not on the page, or are on it and were neither read nor reported."""
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        if role.title != truth.title:
            faults.append(f"title {role.title!r}, not {truth.title!r}")
        for key in in_table(*content.tables):
            read, wanted = value_of(role, key), truth.values[key]
            if read != wanted and (read is not None or not _is_reported(page, role, key, wanted)):
                faults.append(f"{role.title}: {key} is {read!r}, not {wanted!r}")
        for key in STORED_IN.keys() - in_table(*content.tables) - _TOLD_BY_SENTENCES:
            if value_of(role, key) is not None:
                faults.append(f"{role.title}: {key} is {value_of(role, key)!r}, and stands nowhere")
        faults += _wrong_time(role, truth, content)
        if role.profile.summary != truth.summary:
            faults.append(f"{role.title}: the summary is {role.profile.summary!r}, not {truth.summary!r}")
    return faults


_TOLD_BY_SENTENCES = {"entry.months_low", "entry.months_high", "summary", "occupation_group"}


def _wrong_time(role: RoleFacts, truth: RoleContent, content: PairContent) -> list[str]:
    _, low, high = BANDS[truth.values["entry.years_of_experience"]]
    wanted = (low, high) if content.time else (None, None)
    read = (role.preparation.months_low, role.preparation.months_high)
    return [] if read == wanted else [f"{role.title}: {read} months, not {wanted}"]


def _is_reported(page: ParsedPage, role: RoleFacts, key: str, wanted: Any) -> bool:
    """Whether the true value is among the candidates of an ambiguous one."""
    label = READER_OF[key]
    for question in page.ambiguous:
        if (question.field, question.role) == (label.keys[0], role.title):
            at = label.keys.index(key)
            read = [None if text is None else label.read(text)[at] for text in question.candidates]
            return wanted in read
    return False


def wrong_skills(page: ParsedPage, content: PairContent, *, bullets: bool) -> list[str]:
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        listed = list(truth.listed) if bullets else []
        names = {key_of(name) for name, _ in listed}
        spoken = [(name, None) for name in truth.named if key_of(name) not in names]
        read = [(skill.name, skill.percent) for skill in role.skills]
        unclear = [question for question in page.ambiguous if (question.field, question.role) == ("skills", role.title)]
        if unclear:
            if "; ".join(truth.named) not in unclear[0].candidates or read != listed:
                faults.append(f"{role.title}: {read}, and perhaps {unclear[0].candidates}")
        elif read != [*listed, *spoken]:
            faults.append(f"{role.title}: {read}, not {[*listed, *spoken]}")
    return faults


def wrong_duties(page: ParsedPage, content: PairContent) -> list[str]:
    faults = []
    for role, truth in zip(page.roles, content.roles, strict=True):
        read = tuple(duty.text for duty in role.duties), role.duties_truncated
        if read != (truth.duties, truth.more and bool(truth.duties)):
            faults.append(f"{role.title}: {read}")
    return faults


@given(pairs())
@SOME
def test_a_pipe_page_gives_what_was_written(content: PairContent) -> None:
    page = parsed("page.txt", pair_writer.pipe(content))
    assert page.layout == "pipe"
    assert wrong_values(page, content) == []
    assert wrong_skills(page, content, bullets=False) == []
    assert [question for question in page.ambiguous if question.field != "skills"] == []
    assert page.unread == ()


@given(pairs())
@settings(SOME, max_examples=120)
def test_a_run_together_page_gives_what_was_written_or_reports_it_as_unclear(content: PairContent) -> None:
    page = parsed("page.txt", pair_writer.run_together(content))
    assert page.layout == "run-together"
    assert wrong_values(page, content) == []
    assert wrong_skills(page, content, bullets=True) == []
    assert wrong_duties(page, content) == []
    assert page.roles[0].profile.occupation_group == content.group
    assert page.unread == ()


@given(pairs())
@SOME
def test_both_layouts_of_the_same_facts_agree_wherever_both_are_clear(content: PairContent) -> None:
    piped, run_together = (
        parsed("page.txt", pair_writer.pipe(content)),
        parsed("page.txt", pair_writer.run_together(content)),
    )
    unclear = {(question.role, key) for question in run_together.ambiguous for key in _keys(question.field)}
    for one, other in zip(piped.roles, run_together.roles, strict=True):
        assert one.title == other.title
        for key in STORED_IN.keys() - {"occupation_group"}:
            if (one.title, key) not in unclear:
                assert value_of(one, key) == value_of(other, key)


def _keys(field: str) -> tuple[str, ...]:
    return READER_OF[field].keys if field in READER_OF else (field,)


@given(pairs())
@SOME
def test_names_learned_from_pipe_pages_split_run_together_names(content: PairContent) -> None:
    names: dict[str, set[str]] = {}
    for name in parsed("page.txt", pair_writer.pipe(content)).learned:
        names.setdefault(name.kind, set()).add(name.name)
    knowledge = Knowledge(names={kind: frozenset(of_kind) for kind, of_kind in names.items()})
    page = parsed("page.txt", pair_writer.run_together(content), knowledge)
    assert wrong_values(page, content) == []
    named = {"salary.top_company", "salary.top_industry", "education.major", "education.college"}
    assert named.isdisjoint(question.field for question in page.ambiguous)


@given(pairs(), st.sampled_from(["outlook.job_count", "entry.years_of_experience"]))
@SOME
def test_a_stored_figure_chooses_between_readings_and_never_replaces_them(content: PairContent, key: str) -> None:
    a, _ = content.roles
    figures = {(key_of(a.title), key): frozenset({a.values[key]})}
    page = parsed("page.txt", pair_writer.run_together(content), Knowledge(figures=figures))
    assert wrong_values(page, content) == []


DRESSES = st.builds(
    HtmlStyle,
    head=st.sampled_from(["last", "first", "none"]),
    parts=st.booleans(),
    label_tag=st.sampled_from(["td", "th"]),
    wrap=st.sampled_from(["", "span", "p", "div", "b"]),
    upper=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", ""]),
    comments=st.booleans(),
    scripts=st.booleans(),
    closed=st.booleans(),
    document=st.booleans(),
)


@given(pairs(), DRESSES)
@SOME
def test_a_saved_page_gives_what_was_written_in_any_markup(content: PairContent, style: HtmlStyle) -> None:
    page = parsed("page.html", html_writer.html(content, style))
    assert wrong_values(page, content) == []
    assert wrong_skills(page, content, bullets=True) == []
    assert wrong_duties(page, content) == []
    assert [question for question in page.ambiguous if question.field != "skills"] == []
    assert page.unread == ()


@given(pairs(), st.sampled_from(list(DISTURBANCES)), st.booleans())
@SOME
def test_line_ends_blanks_and_unrelated_lines_change_no_value(
    content: PairContent, disturbance: str, is_run_together: bool
) -> None:
    text = pair_writer.run_together(content) if is_run_together else pair_writer.pipe(content)
    page = parsed("page.txt", DISTURBANCES[disturbance](text))
    assert wrong_values(page, content) == []
    assert wrong_skills(page, content, bullets=is_run_together) == []


@given(pairs(), st.data())
@SOME
def test_lost_lines_make_values_missing_and_never_wrong(content: PairContent, data: st.DataObject) -> None:
    write = data.draw(st.sampled_from([pair_writer.pipe, pair_writer.run_together]))
    lines = write(content).split("\n")
    tables = [at for at, line in enumerate(lines) if line.startswith(("|", *_LABELS))]
    lost = data.draw(st.sets(st.sampled_from(tables)))
    try:
        page = parsed("page.txt", "\n".join(line for at, line in enumerate(lines) if at not in lost))
    except UnreadableError:
        return  # too much is lost to tell what it was
    for role, truth in zip(page.roles, content.roles, strict=True):
        for key in in_table(*content.tables):
            assert value_of(role, key) in (None, truth.values[key])


_LABELS = tuple(label for table in pair_writer.TABLES.values() for label, _ in table)


# --- guides ---------------------------------------------------------------------------------------

GUIDE_TITLES = (
    "Software Technician|C++ Developer|.NET Developer|3D Artist|UX/UI Designer|IT Support Specialist|QA Engineer|"
    "Maître D'|Line Cook|Front-End Developer|R&D Manager|Chief of Staff|Director, Sales|Role Player|Path Finder"
).split("|")
LINES = (
    "Most of the work is done indoors, with other people.",
    "A café near the office — “the best” one — is where ideas come from.",
    "It pays $39,000 a year; growth is 6% a year.",
    "Nobody’s first year is easy!",
    "What comes next? Nobody knows.",
)
ITEMS = (
    "Install, configure, and upgrade software.",
    "Ticketing systems (Jira Service Desk, ServiceNow)",
    "C#",
    "C++",
    "Work-life balance",
    "Soft Skills: Communication & Customer Service",
    "Median: $39,000",
    "Knife work",
    "Sautéing",
    "Source: the kitchen",
)
TIERS = ("Foundational Skills", "Specialization Paths", "Professional & Software Skills", "Advanced", "Basics & more")


def guide_values(content: GuideContent) -> dict[str, Any]:
    front = content.front
    values: dict[str, Any] = {"work_life.stress_level": content.stress, "work_life.balance_rating": content.balance}
    if front:
        low, high = front.span or (None, None)
        entry, mid, senior = (front.span and front.levels) or (None, None, None)
        values |= {
            "summary": front.summary,
            "outlook.growth_percent": front.growth,
            "salary.annual_median": front.median,
            "salary.annual_low": low,
            "salary.annual_high": high,
            "salary.annual_entry": entry,
            "salary.annual_mid": mid,
            "salary.annual_senior": senior,
            "salary.note": front.note if front.span else None,
        }
    return values


def wrong_in_guide(page: ParsedPage, content: GuideContent) -> list[str]:
    (role,) = page.roles
    faults = [] if role.title == content.title else [f"title {role.title!r}, not {content.title!r}"]
    wanted = guide_values(content)
    for key in STORED_IN:
        if value_of(role, key) != wanted.get(key):
            faults.append(f"{key} is {value_of(role, key)!r}, not {wanted.get(key)!r}")
    skills = [(skill.kind, skill.tier, skill.name) for skill in role.skills]
    listed: list[tuple[str, str | None, str]] = []
    for kind, names in (("tool", content.tools), ("tech", content.tech), ("soft", content.soft)):
        listed += [(kind, None, name) for name in names]
    listed += [("listed", tier, name) for tier, _, names in content.tiers for name in names]
    if skills != listed:
        faults.append(f"skills {skills}, not {listed}")
    if [duty.text for duty in role.duties] != list(content.duties):
        faults.append(f"duties {role.duties}")
    sections = [(section.heading, section.blocks) for section in role.sections]
    if sections != guide_writer.guide_sections(content):
        faults.append(f"sections {sections}, not {guide_writer.guide_sections(content)}")
    source = (page.publisher, page.licence, page.licence_url, page.url)
    place = f"https://jobicy.com/careers/{content.slug}"
    if source != ("Jobicy", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", place):
        faults.append(f"source {source}")
    return faults


TEXTS = st.lists(st.sampled_from(ITEMS), max_size=4, unique=True).map(tuple)


def _paragraph(text: str) -> Block:
    return "paragraph", text


def _bullets(items: list[str]) -> Block:
    return "list", tuple(items)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    paragraph = st.sampled_from([_paragraph(line) for line in LINES])
    bullets = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True).map(_bullets)
    first, last = draw(st.lists(paragraph, max_size=2)), draw(st.lists(paragraph, max_size=1))
    middle = [draw(bullets)] if draw(st.booleans()) or not (first or last) else []
    return (*first, *middle, *last)


@st.composite
def fronts(draw: st.DrawFn) -> Front:
    low = draw(st.integers(15, 180)) * 1000
    high = low + draw(st.integers(1, 900)) * 1000
    growth = st.sampled_from([Decimal(text) for text in ("6", "0", "-3", "12.5", "-0.5")])
    return Front(
        draw(st.sampled_from(("A cook runs one station — and more.", "3D artists draw what is not there yet!"))),
        growth=draw(_sometimes(growth)),
        median=draw(_sometimes(st.integers(15_000, 300_000))),
        remote=draw(st.booleans()),
        demand=draw(st.sampled_from([("Low", "Medium", "High"), ()])),
        span=draw(_sometimes(st.just((low, high)))),
        levels=draw(_sometimes(st.just((low + 700, low + 900, high - 300)))),
        note=draw(_sometimes(st.just(f"The top 10% can look forward to ${high:,} or more."))),
    )


@st.composite
def guides(draw: st.DrawFn) -> GuideContent:
    content = GuideContent(
        draw(st.sampled_from(GUIDE_TITLES)),
        draw(st.none() | fronts()),
        duties=draw(TEXTS),
        tools=draw(TEXTS),
        tech=draw(TEXTS),
        soft=draw(TEXTS),
        stress=draw(_sometimes(st.sampled_from(("High", "Moderate", "Low to Moderate")))),
        balance=draw(_sometimes(st.sampled_from(("Good", "Challenging")))),
        tiers=tuple(
            (name, "What it is about.", draw(TEXTS.filter(bool)))
            for name in draw(st.lists(st.sampled_from(TIERS), max_size=3, unique=True))
        ),
    )
    names = ("Work Setting", "Education Level", content.path, "Required Education", "Global Outlook", "Role Challenges")
    kept = draw(st.sets(st.sampled_from((*names, "Growth Paths", "Industry Trends", "Portfolio Tips"))))
    return replace(content, sections={name: draw(blocks()) for name in (content.core, *sorted(kept))})


def reported_in_guide(page: ParsedPage) -> set[str]:
    return {left.text for left in page.unread} - {"remote-friendly"} | {question.field for question in page.ambiguous}


@given(guides(), st.sampled_from(["- ", "* ", "• ", "  • ", "– "]))
@SOME
def test_a_guide_gives_what_was_written(content: GuideContent, bullet: str) -> None:
    page = parsed("page.txt", guide_writer.guide(content, bullet))
    assert wrong_in_guide(page, content) == []
    assert reported_in_guide(page) == set()


@given(guides(), DRESSES)
@SOME
def test_a_saved_guide_gives_what_was_written(content: GuideContent, style: HtmlStyle) -> None:
    page = parsed("page.html", html_writer.guide_html(content, style))
    assert wrong_in_guide(page, content) == []
    assert reported_in_guide(page) == set()


@given(guides(), st.sampled_from(list(DISTURBANCES)))
@SOME
def test_line_ends_blanks_and_unrelated_lines_change_nothing_in_a_guide(
    content: GuideContent, disturbance: str
) -> None:
    assert wrong_in_guide(parsed("page.txt", DISTURBANCES[disturbance](guide_writer.guide(content))), content) == []


@pytest.mark.parametrize("code_page", ["cp1253", "cp1252"])
@given(content=guides())
@settings(SOME, max_examples=25)
def test_a_damaged_guide_is_repaired_to_what_was_written(
    code_page: Literal["cp1253", "cp1252"], content: GuideContent
) -> None:
    page = parsed("page.txt", disturbances.damaged(guide_writer.guide(content), code_page))
    assert wrong_in_guide(page, content) == []
    assert "repaired-text" in {warning.code for warning in page.warnings}
