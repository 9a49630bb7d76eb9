"""Rated skills and fields of knowledge in everyday words. The table of all figures has the names of their source."""

from comparisons.language.titles import capital, in_prose

# Name of a rated skill -> what a person does who has it.
_PLAIN = {
    "Active Learning": "learning new things",
    "Active Listening": "listening",
    "Complex Problem Solving": "solving complex problems",
    "Coordination": "coordinating with others",
    "Critical Thinking": "critical thinking",
    "Equipment Maintenance": "maintaining equipment",
    "Equipment Selection": "choosing equipment",
    "Installation": "installing equipment",
    "Instructing": "showing others how",
    "Judgment and Decision Making": "weighing decisions",
    "Learning Strategies": "choosing ways to teach",
    "Management of Financial Resources": "managing money",
    "Management of Material Resources": "managing materials",
    "Management of Personnel Resources": "managing people",
    "Mathematics": "mathematics",
    "Monitoring": "checking how work goes",
    "Negotiation": "negotiating",
    "Operation and Control": "operating equipment",
    "Operations Analysis": "working out what users need",
    "Operations Monitoring": "watching gauges and screens",
    "Persuasion": "persuading",
    "Programming": "programming",
    "Quality Control Analysis": "testing quality",
    "Reading Comprehension": "reading",
    "Repairing": "repairing",
    "Science": "using science",
    "Service Orientation": "looking for ways to help",
    "Social Perceptiveness": "reading people",
    "Speaking": "speaking",
    "Systems Analysis": "analyzing systems",
    "Systems Evaluation": "judging how systems perform",
    "Technology Design": "designing technology",
    "Time Management": "managing time",
    "Troubleshooting": "finding the causes of faults",
    "Writing": "writing",
    # Fields of knowledge.
    "English Language": "English",
    "Medicine and Dentistry": "medicine and dentistry",
}


def plain_skill(name: str) -> str:
    """Within a sentence; a name without everyday words stays as it is, in lower case.

    >>> plain_skill("Social Perceptiveness"), plain_skill("Law and Government"), plain_skill("English Language")
    ('reading people', 'law and government', 'English')
    """
    return _PLAIN.get(name) or in_prose(name)


def plain_skill_heading(name: str) -> str:
    """
    >>> plain_skill_heading("Operations Analysis")
    'Working out what users need'
    """
    return capital(plain_skill(name))
