"""The skills that O*NET rates, in plain words. Its own names stand in the table of all skills."""

from comparisons.queries.official_skills import RatedSkill

# Slug -> what somebody does who has the skill.
PLAIN_WORDS = {
    "active-learning": "learning new things",
    "active-listening": "listening",
    "complex-problem-solving": "solving complex problems",
    "coordination": "coordinating with others",
    "critical-thinking": "critical thinking",
    "equipment-maintenance": "maintaining equipment",
    "equipment-selection": "choosing equipment",
    "installation": "installing",
    "instructing": "teaching others",
    "judgment-and-decision-making": "judging and deciding",
    "learning-strategies": "choosing how to teach",
    "management-of-financial-resources": "managing money",
    "management-of-material-resources": "managing equipment and materials",
    "management-of-personnel-resources": "managing people",
    "mathematics": "mathematics",
    "monitoring": "monitoring how things go",
    "negotiation": "negotiating",
    "operation-and-control": "operating equipment",
    "operations-analysis": "working out what users need",
    "operations-monitoring": "watching that machines work",
    "persuasion": "persuading",
    "programming": "programming",
    "quality-control-analysis": "testing quality",
    "reading-comprehension": "reading",
    "repairing": "repairing",
    "science": "using science",
    "service-orientation": "looking for ways to help",
    "social-perceptiveness": "reading people",
    "speaking": "speaking",
    "systems-analysis": "analysing systems",
    "systems-evaluation": "evaluating systems",
    "technology-design": "designing technology",
    "time-management": "managing time",
    "troubleshooting": "finding the cause of faults",
    "writing": "writing",
}


def in_plain_words(skill: RatedSkill) -> str:
    """What a rated skill is; the name that its source gives it where it has no plain words."""
    return PLAIN_WORDS.get(skill.slug, skill.name.lower())
