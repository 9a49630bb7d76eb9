"""The rows on skills: what a role stands out for by ratings, or what its list names first."""

from decimal import Decimal

from comparisons.comparison import Comparison
from comparisons.language.plain_skills import plain_skill
from comparisons.language.titles import capital
from comparisons.language.verdict import find_takeaway
from comparisons.queries.official_skills import NEEDED, RatedSkill
from comparisons.thresholds import STANDS_OUT
from comparisons.views.sections.pairs import PairLine, PairRow

# How many skills are named that a role stands out for.
MOST_SKILLS = 3


def rated_skills_row(comparison: Comparison) -> PairRow | None:
    sources = comparison.official.sources["rated_skills"]
    if sum(source is not None for source in sources) < 2:
        return None
    lines = []
    for side, source in zip(comparison.sides, sources, strict=True):
        names = [plain_skill(skill.name) for skill in outstanding_skills(comparison, side.index)[:MOST_SKILLS]]
        text = capital(", ".join(names)) if names else "No important skill by a clear margin"
        missing = "" if source else side.absent.missing
        lines.append(PairLine(side.letter, side.title, text, missing, "" if missing else "rated-skills", False, None))
    than = "the other" if len(comparison.sides) == 2 else "the others"
    cited = next(source for source in sources if source)
    note = f"skills it needs more than {than}, {cited.short}"
    return PairRow("Stands out for", "skills", [note], lines, find_takeaway(comparison, "skills"))


def outstanding_skills(comparison: Comparison, index: int) -> list[RatedSkill]:
    """The important rated skills that a role needs more than every other rated role, the largest gap first."""
    ahead: list[tuple[Decimal, RatedSkill]] = []
    for skill in comparison.official.rated:
        if skill.kind != "rated" or not _is_important(skill, index):
            continue
        gap = _gap_ahead(skill, index)
        if gap is not None and gap >= STANDS_OUT:
            ahead.append((gap, skill))
    return [skill for _, skill in sorted(ahead, key=lambda item: -item[0])]


def _is_important(skill: RatedSkill, index: int) -> bool:
    entry = skill.entries[index]
    return entry is not None and entry.importance is not None and entry.importance >= NEEDED


def _gap_ahead(skill: RatedSkill, index: int) -> Decimal | None:
    """How much more important a skill is to a role than to any other; None where there is nothing to compare."""
    importances = [entry.importance if entry else None for entry in skill.entries]
    importance = importances[index]
    others = [value for place, value in enumerate(importances) if place != index and value is not None]
    return importance - max(others) if importance is not None and others else None


def listed_skills_row(comparison: Comparison) -> PairRow | None:
    lists = comparison.skills.lists
    if not any(lists):
        return None
    lines = []
    for side, entries in zip(comparison.sides, lists, strict=True):
        names = list(dict.fromkeys([entry.name for entry in entries]))[:MOST_SKILLS]
        missing = "" if names else side.cut_lists.get("skills", side.absent.missing)
        text = capital(", ".join(names))
        lines.append(PairLine(side.letter, side.title, text, missing, "skills" if names else "", False, None))
    takeaway = find_takeaway(comparison, "skills") if not any(comparison.official.sources["rated_skills"]) else None
    return PairRow("Skills listed", "skills", ["those named first"], lines, takeaway)
