"""Invented facts of two roles, drawn the same way in every run."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.ingest.drawn_pages import sometimes
from tests.ingest.pair_writer import BANDS, RACES, PairContent, RoleContent

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
    "Some earn between $40,000 and $90,000, work 40 hours a week and drink 3 cups of tea a day.",
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


@st.composite
def _blocks(draw: st.DrawFn, count: int) -> list[Decimal]:
    """Shares with one decimal that add up to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
    return [Decimal(b - a) / 10 for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]


@st.composite
def roles(draw: st.DrawFn, title: str) -> RoleContent:
    average = draw(sometimes(st.integers(15_000, 450_000)))
    low = draw(sometimes(st.integers(10, 90)))
    degree = draw(sometimes(st.sampled_from(DEGREES)))
    gender = draw(sometimes(_blocks(2)))
    race = draw(sometimes(_blocks(6)))
    jobs = st.one_of(st.integers(1, 999), st.integers(1_000, 999_999), st.integers(1_000_000, 20_000_000))
    growth = st.one_of(st.integers(-40, 40).map(Decimal), st.sampled_from([Decimal("1.5"), Decimal("-0.5")]))
    rating = st.sampled_from([Decimal(text) for text in ("0", "3", "3.5", "4", "4.25", "4.67", "5", "5.0")])
    values: dict[str, Any] = {
        "salary.annual_average": average,
        "salary.hourly_average": average and (Decimal(average) / 2080).quantize(Decimal("0.01")),
        "salary.annual_low": low and low * 1000,
        "salary.annual_high": low and (low + draw(st.integers(1, 200))) * 1000,
        "salary.top_city": draw(sometimes(st.sampled_from(CITIES))),
        "salary.top_state": draw(sometimes(st.sampled_from(STATES))),
        "salary.top_company": draw(sometimes(st.sampled_from(COMPANIES))),
        "salary.top_industry": draw(sometimes(st.sampled_from(INDUSTRIES))),
        "outlook.growth_percent": draw(sometimes(growth)),
        "outlook.job_count": draw(sometimes(jobs)),
        "outlook.satisfaction": draw(sometimes(rating)),
        "entry.years_of_experience": draw(st.sampled_from(list(BANDS))),
        "education.degree": degree,
        "education.degree_percent": degree and draw(st.integers(1, 100)),
        "education.major": draw(sometimes(st.sampled_from(MAJORS))),
        "education.college": draw(sometimes(st.sampled_from(COLLEGES))),
        "demographics.average_age": draw(sometimes(st.integers(16, 70))),
        "demographics.male_percent": gender and gender[0],
        "demographics.female_percent": gender and gender[1],
        "demographics.lgbt_percent": draw(sometimes(st.integers(0, 30))),
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
