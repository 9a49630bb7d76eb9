"""Rated skills and fields of knowledge in everyday words. The table of all figures has the names of their source."""

from functools import lru_cache

from comparisons.titles import in_prose

# Name of a rated skill -> what a person does who has it.
_PLAIN = {
    "Active Learning": "learning new things",
    "Active Listening": "listening",
    "Complex Problem Solving": "solving complex problems",
    "Coordination": "coordinating with others",
    "Critical Thinking": "critical thinking",
    "Equipment Maintenance": "maintaining equipment",
    "Equipment Selection": "choosing tools and equipment",
    "Installation": "installing equipment",
    "Instructing": "teaching others",
    "Judgment and Decision Making": "weighing options",
    "Learning Strategies": "choosing how to learn or teach",
    "Management of Financial Resources": "managing money",
    "Management of Material Resources": "managing materials",
    "Management of Personnel Resources": "managing people",
    "Mathematics": "using mathematics",
    "Monitoring": "checking how work goes",
    "Negotiation": "negotiating",
    "Operation and Control": "operating equipment",
    "Operations Analysis": "working out what users need",
    "Operations Monitoring": "watching gauges and screens",
    "Persuasion": "persuading",
    "Programming": "programming",
    "Quality Control Analysis": "checking quality",
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
}
# Field of knowledge -> the same, where its own name is no everyday word.
_PLAIN_FIELDS = {
    "Administration and Management": "business and management",
    "Administrative": "office procedures",
    "Clerical": "office procedures",
    "Customer and Personal Service": "serving customers",
    "English Language": "English",
    "Fine Arts": "the arts",
    "Food Production": "growing food",
    "Foreign Language": "a foreign language",
    "Mechanical": "machines and tools",
    "Personnel and Human Resources": "human resources",
    "Production and Processing": "making and processing goods",
}


@lru_cache
def simplify_skill(name: str) -> str:
    """Within a sentence; a name without everyday words stays as it is, in lower case.

    >>> simplify_skill("Social Perceptiveness"), simplify_skill("Programming Robots")
    ('reading people', 'programming robots')
    """
    return _PLAIN.get(name) or in_prose(name)


def simplify_field(name: str) -> str:
    """A field of knowledge within a sentence. Some have the name of a skill.

    >>> simplify_field("Mechanical"), simplify_field("Mathematics"), simplify_skill("Mathematics")
    ('machines and tools', 'mathematics', 'using mathematics')
    """
    return _PLAIN_FIELDS.get(name) or in_prose(name)
