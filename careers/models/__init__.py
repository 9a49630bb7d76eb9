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
    JobZone,
    MedianAge,
    Outlook,
    Preparation,
    Profile,
    Projection,
    Requirements,
    SalaryStats,
    Section,
    SkillRanks,
    Survey,
)
from careers.models.figures_of_no_role import AllJobsFigure, AreaPrice
from careers.models.listing import Listing
from careers.models.occupation_lists import AreaPay, Major, OccupationTitle, RelatedOccupation
from careers.models.publishers import Citation, Publisher
from careers.models.revision import Revision
from careers.models.roles import CITATION_PATHS, Role, RoleAlias, RoleQuerySet, renew_terms
from careers.models.search_index import ByLetterField, RoleTitles, TitleTerm, Word
from careers.models.searches import AddedTitle, VainSearch
from careers.models.skills import KnowledgeRating, RoleSkill, Skill, SkillAlias, SkillRating, SkillRow, Technology
