"""The education, experience and training that roles ask for, from the names of the official statistics to words."""

from careers.vocabulary import EDUCATION_LEVELS, EducationLevel

_NONE, _DIPLOMA, _COLLEGE, _CERTIFICATE, _ASSOCIATE, _BACHELOR, _MASTER, _DOCTORATE = EDUCATION_LEVELS
# What a role asks for, the least first.
EDUCATION = {
    _NONE: "no diploma or degree",
    _DIPLOMA: "a high school diploma",
    _COLLEGE: "some college",
    _CERTIFICATE: "a certificate after high school",
    _ASSOCIATE: "an associate’s degree",
    _BACHELOR: "a bachelor’s degree",
    _MASTER: "a master’s degree",
    _DOCTORATE: "a doctoral or professional degree",
}
# Those that are no degree.
NO_DEGREE = [name for name, level in EDUCATION_LEVELS.items() if level <= EducationLevel.NO_DEGREE]
# The education of one role, as it is set against that of another.
EDUCATION_AGAINST = EDUCATION | {_NONE: "no diploma", _CERTIFICATE: "a certificate"}
# What people enter the work with.
EDUCATION_AT_ENTRY = {name: f"with {words}" for name, words in EDUCATION.items()} | {
    _NONE: "without a diploma or degree",
    _COLLEGE: "with some college and no degree",
}
# As a column of figures names it.
SHORT_EDUCATION = {
    _NONE: "No degree",
    _DIPLOMA: "High school",
    _COLLEGE: "Some college",
    _CERTIFICATE: "Certificate",
    _ASSOCIATE: "Associate’s",
    _BACHELOR: "Bachelor’s",
    _MASTER: "Master’s",
    _DOCTORATE: "Doctoral or professional",
}

# Experience in a related job, the least first.
EXPERIENCE = {
    "None": "no earlier experience",
    "Less than 5 years": "some earlier experience (under 5 years)",
    "5 years or more": "5 years or more of earlier experience",
}
TRAINING = {
    "None": "no training on the job",
    "Short-term on-the-job training": "short training on the job",
    "Moderate-term on-the-job training": "some months of training on the job",
    "Long-term on-the-job training": "long training on the job",
    "Apprenticeship": "an apprenticeship",
    "Internship/residency": "an internship or residency",
}
# Training that has a length, the shortest first.
TRAINING_BY_LENGTH = tuple(TRAINING)[:4]


def rank_education(education: str) -> int:
    """The place of an education in `EDUCATION`; an unknown one comes last."""
    return list(EDUCATION).index(education) if education in EDUCATION else len(EDUCATION)
