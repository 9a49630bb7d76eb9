"""The rows on skills: what a role stands out for by ratings, or what its list names first."""

from comparisons.comparison import Comparison
from comparisons.language.plain_skills import simplify_skill
from comparisons.language.verdict import find_takeaway
from comparisons.titles import capitalize, spell_skill
from comparisons.views.sections.cited_sources import cite_pages
from comparisons.views.sections.pairs import PairLine, PairRow

# How many skills are named that a role stands out for.
MOST_SKILLS = 3


def build_rated_skills_row(comparison: Comparison) -> PairRow | None:
    sources = comparison.official.sources["rated_skills"]
    rated_sources = list(filter(None, sources))
    if len(rated_sources) < 2:
        return None
    lines = []
    for side, source in zip(comparison.sides, sources, strict=True):
        names = [
            simplify_skill(need.skill.name) for need in comparison.official.needs["rated"][side.index][:MOST_SKILLS]
        ]
        text = capitalize(", ".join(names)) if names else "No important skill by a clear margin"
        missing = "" if source else side.absent.missing
        lines.append(PairLine(side.letter, side.title, text, missing, "" if missing else "rated-skills"))
    than = "the other" if len(comparison.sides) == 2 else "the others"
    note = f"skills it needs more than {than}, {cite_pages(rated_sources[:1])[0]}"
    return PairRow("Stands out for", "skills", [note], lines, find_takeaway(comparison, "skills"))


def build_listed_skills_row(comparison: Comparison) -> PairRow | None:
    lists = comparison.skills.lists
    if not any(lists):
        return None
    lines = []
    for side, entries in zip(comparison.sides, lists, strict=True):
        names = list(dict.fromkeys([spell_skill(entry.name) for entry in entries]))[:MOST_SKILLS]
        missing = "" if names else side.cut_lists.get("skills", side.absent.missing)
        text = capitalize(", ".join(names))
        lines.append(PairLine(side.letter, side.title, text, missing, "skills" if names else ""))
    takeaway = find_takeaway(comparison, "skills") if not any(comparison.official.sources["rated_skills"]) else None
    return PairRow("Skills listed", "skills", ["those named first"], lines, takeaway)
