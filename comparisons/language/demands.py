"""The education, experience and training that roles ask for, from the names of the official statistics to words."""

# What a role asks for, the least first.
EDUCATION = {
    "No formal educational credential": "no diploma or degree",
    "High school diploma or equivalent": "a high school diploma",
    "Some college, no degree": "some college",
    "Postsecondary nondegree award": "a certificate after high school",
    "Associate's degree": "an associate’s degree",
    "Bachelor's degree": "a bachelor’s degree",
    "Master's degree": "a master’s degree",
    "Doctoral or professional degree": "a doctoral or professional degree",
}
_NONE, _DIPLOMA, _COLLEGE, _CERTIFICATE, *_ = EDUCATION
# Those that are no degree.
NO_DEGREE = (_NONE, _DIPLOMA, _COLLEGE, _CERTIFICATE)
# The education of one role, as it is set against that of another.
EDUCATION_AGAINST = EDUCATION | {_NONE: "no diploma", _CERTIFICATE: "a certificate"}
# What people enter the work with.
EDUCATION_AT_ENTRY = {name: f"with {words}" for name, words in EDUCATION.items()} | {
    _NONE: "without a diploma or degree",
    _COLLEGE: "with some college and no degree",
}
# As a column of figures names it.
SHORT_EDUCATION = {
    "No formal educational credential": "No degree",
    "High school diploma or equivalent": "High school",
    "Some college, no degree": "Some college",
    "Postsecondary nondegree award": "Certificate",
    "Associate's degree": "Associate’s",
    "Bachelor's degree": "Bachelor’s",
    "Master's degree": "Master’s",
    "Doctoral or professional degree": "Doctoral or professional",
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
    """Its place in `EDUCATION`; that of an unknown one comes last."""
    return list(EDUCATION).index(education) if education in EDUCATION else len(EDUCATION)
