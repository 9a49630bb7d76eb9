"""What a role is, and where each fact about it comes from.

There is one row per (role, citation) in each one-row group, and many in the others. Older rows stay: they are the
history. A role points to the current row of each group. Only `ingest.loading` writes these tables and sets these
pointers.

Money is USD, `annual_*` per year and `hourly_*` per hour. Percentages are 0-100, growth is signed. Spans of time are
months. Null means "not published" or "unclear"; `evidence` says which.
"""

from careers.models.facts import (
    Attainment,
    Demographics,
    Duty,
    FactRow,
    Outlook,
    Preparation,
    Profile,
    Projection,
    Requirements,
    SalaryStats,
    Section,
    SkillRanks,
)
from careers.models.listing import Listing
from careers.models.publishers import Citation, Publisher
from careers.models.revision import Revision
from careers.models.roles import CITATION_PATHS, Role, RoleAlias, RoleQuerySet, read_titles
from careers.models.search_index import ByLetterField, TitleWord, Word
from careers.models.skills import RoleSkill, Skill, SkillAlias
from careers.names import identity, slug_for

__all__ = [
    "CITATION_PATHS",
    "Attainment",
    "ByLetterField",
    "Citation",
    "Demographics",
    "Duty",
    "FactRow",
    "Listing",
    "Outlook",
    "Preparation",
    "Profile",
    "Projection",
    "Publisher",
    "Requirements",
    "Revision",
    "Role",
    "RoleAlias",
    "RoleQuerySet",
    "RoleSkill",
    "SalaryStats",
    "Section",
    "Skill",
    "SkillAlias",
    "SkillRanks",
    "TitleWord",
    "Word",
    "identity",
    "read_titles",
    "slug_for",
]
