"""Headings that sum up the lists of skills and of technology."""

from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.messages.absent_values import EVERYONE
from comparisons.language.parts import Finding, Part
from comparisons.language.plain_skills import simplify_skill
from comparisons.language.skills_in_lists import find_near_everywhere, find_near_skills
from comparisons.titles import capitalize, spell_skill

# How many skills of each role, and how many that all lists name, are in a finding.
MOST_OF_ROLE, MOST_SHARED = 2, 3
# How many letters near skills have at most that are named.
LONGEST_NEAR = 60


def find_rated_skills(comparison: Comparison) -> Finding:
    """What matters more for each role; None unless all roles are rated."""
    if len(comparison.official_skills.rated_roles) < len(comparison.sides):
        return None
    two = len(comparison.sides) == 2
    clauses: list[str] = []
    for side, needs in zip(comparison.sides, comparison.official_skills.needs["rated"], strict=True):
        names = [simplify_skill(need.skill.name) for need in needs[: MOST_OF_ROLE if two else 1]]
        if names:
            verb = ""
            if not clauses:
                verb = f" {'matter' if len(names) > 1 else 'matters'} {'more' if two else 'most'}"
            clauses.append(f"{formats.listed(names)}{verb} for {side.people}")
    return (Part(capitalize("; ".join(clauses)) or _describe_even_skills(comparison)),)


def _describe_even_skills(comparison: Comparison) -> str:
    """Say that no skill matters clearly more for one of the roles."""
    everyone = EVERYONE[len(comparison.sides)]
    count = len(comparison.official_skills.even)
    if not count:
        return f"No skill sets {everyone} clearly apart"
    return f"No skill sets them clearly apart: {everyone} need {formats.counted(count, 'skill')} about equally"


def find_listed_skills(comparison: Comparison) -> Finding:
    """What all lists name; None unless every role has a list."""
    if not all(comparison.skills.lists):
        return None
    everyone = EVERYONE[len(comparison.sides)]
    shared = [spell_skill(match.name) for match in comparison.skills.shared if all(match.entries)]
    if shared:
        verb = "is" if len(shared) == 1 else "are"
        return (Part(f"{capitalize(formats.listed_some(shared, MOST_SHARED))} {verb} on {everyone} lists"),)
    near = describe_near(comparison)
    if near:
        return (Part(f"No skill of one name is on {everyone} lists, but {near}"),)
    return (Part(f"No skill is on {everyone} lists"),)


def describe_near(comparison: Comparison) -> str:
    """Skills of other names that mean much the same on all lists, the shortest of them; "" where these are long."""
    near = find_near_everywhere(comparison)
    if len(comparison.sides) == 2:
        near = [(pair.first.name, pair.second.name) for pair in find_near_skills(comparison, 0, 1)]
    names = min(near, key=lambda spellings: len("".join(spellings)), default=())
    if not 0 < len("".join(names)) <= LONGEST_NEAR:
        return ""
    return f"{formats.listed([f'“{name}”' for name in names])} are close"


def find_technology(comparison: Comparison) -> Finding:
    """How many programs are named for every role; None unless each has a list."""
    lists = comparison.official_skills.technology
    if not all(lists):
        return None
    count = len(set.intersection(*[{entry.slug for entry in entries} for entries in lists]))
    everyone = EVERYONE[len(comparison.sides)]
    if not count:
        return (Part(f"No program is named for {everyone}"),)
    words = f" program is named for {everyone}" if count == 1 else f" programs are named for {everyone}"
    return (Part(formats.plain(count), key="technology"), Part(words))
