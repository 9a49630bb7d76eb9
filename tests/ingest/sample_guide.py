"""A guide of our own that has every kind of value."""

from decimal import Decimal

from tests.ingest import guide_writer
from tests.ingest.guide_writer import Front, GuideContent

FRONT = Front(
    "A line cook runs one station of a kitchen, from the first delivery to the last plate.",
    growth=Decimal(6),
    median=39_000,
    remote=True,
    demand=("Low", "Medium", "High"),
    span=(30_000, 48_000),
    levels=(32_700, 39_100, 45_600),
    note="The top 10% of line cooks can look forward to $48,000 or more.",
)
CONTENT = GuideContent(
    "Line Cook",
    FRONT,
    duties=("Set up the station.", "Cook each order."),
    tools=("Combi ovens", "Ticket printers"),
    tech=("Knife work",),
    soft=("Calm under pressure",),
    stress="High",
    balance="Fair",
    sections={
        "Core Functions of the Line Cook Role": (("paragraph", "Plates leave on time."),),
        "Work Setting": (("paragraph", "Hot, loud and quick."),),
        "Education Level": (("paragraph", "No degree is asked for."),),
        "Portfolio Tips": (("paragraph", "Take photographs."),),
    },
    tiers=(("Basics", "What the first month asks for.", ("Cleaning", "Knife work")),),
)
GUIDE = guide_writer.write_guide(CONTENT)
