"""A pair page of our own that has every kind of value, in both layouts."""

from decimal import Decimal

from tests.ingest import pair_writer
from tests.ingest.pair_writer import PairContent, RoleContent

A = RoleContent(
    "Beekeeper",
    {
        "salary.annual_average": 41_600,
        "salary.hourly_average": Decimal("20.00"),
        "salary.annual_low": 30_000,
        "salary.annual_high": 58_000,
        "salary.top_city": "Fresno, CA",
        "salary.top_state": "California",
        "salary.top_company": "Mandiant",
        "salary.top_industry": "Retail",
        "outlook.growth_percent": Decimal(-7),
        "outlook.job_count": 12_345,
        "outlook.satisfaction": Decimal("3.5"),
        "entry.years_of_experience": 12,
        "education.degree": "Associate Degree",
        "education.degree_percent": 41,
        "education.major": "Biology",
        "education.college": "Ohio University",
        "demographics.average_age": 38,
        "demographics.male_percent": Decimal("55.2"),
        "demographics.female_percent": Decimal("44.8"),
        "demographics.lgbt_percent": 12,
    },
    summary="A beekeeper looks after hives and sells what the bees make of the summer.",
    named=("honey", "wax", "smoke"),
    listed=(("Honey", 18), ("Frames", 11)),
    duties=("Open the hives once a week.", "Catch swarms in May."),
)
B = RoleContent(
    "Harbor Pilot",
    {
        "salary.annual_average": 104_000,
        "salary.hourly_average": Decimal("50.00"),
        "salary.annual_low": 61_000,
        "salary.annual_high": 152_000,
        "salary.top_city": "Seattle, WA",
        "salary.top_state": "Washington",
        "salary.top_company": "Maersk",
        "salary.top_industry": "Transportation",
        "outlook.growth_percent": Decimal(9),
        "outlook.job_count": 98_765,
        "outlook.satisfaction": Decimal("4.25"),
        "entry.years_of_experience": 8,
        "education.degree": "Bachelor's Degree",
        "education.degree_percent": 63,
        "education.major": "Nautical Science",
        "education.college": "Purdue University",
        "demographics.average_age": 47,
        "demographics.male_percent": Decimal("91.3"),
        "demographics.female_percent": Decimal("8.7"),
        "demographics.lgbt_percent": 7,
    },
    summary="A harbor pilot guides large ships through waters that nobody else knows as well.",
    named=("navigation", "tides", "radar"),
    listed=(("Navigation", 22), ("Tides", 8)),
    duties=("Board ships at the station.", "Agree on the course."),
)
PAIR = PairContent((A, B))
PIPE, RUN_TOGETHER = pair_writer.write_pipe(PAIR), pair_writer.run_together(PAIR)
