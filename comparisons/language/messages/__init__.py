"""What pages say around the figures, by topic. Pages call these as `messages.cut_list(…)`."""

from comparisons.language.messages.absent_values import (
    EVERYONE,
    absent,
    absent_section,
    after_label,
    cut_list,
    missing_figure,
    reason_for,
)
from comparisons.language.messages.chosen_roles import (
    NO_SUCH_ADDRESS,
    ONE_ROLE,
    ONLY_READ,
    ORDINALS,
    VERSUS,
    count_of_names,
    names_of_one_role,
    no_group,
    no_publisher,
    no_skill,
    question_for_roles,
    same_role_twice,
    separators,
    several_slugs,
    too_many,
    unknown,
)
from comparisons.language.messages.data_extent import (
    guide,
    list_notes,
    publisher_counts,
    samples,
    span_of_days,
    stored_counts,
)
from comparisons.language.messages.figure_origins import (
    figure_origin,
    figure_source,
    month,
    name_publisher,
    of_employed,
    survey_notes,
    whose_words,
)
from comparisons.language.messages.found_roles import (
    also_called,
    found_jobs,
    found_pay,
    list_titles,
    official_title,
    search_outcome,
)
from comparisons.language.messages.place_notes import (
    adjusted_for_prices,
    no_figures_by_state,
    no_price_level,
    no_state,
    nothing_to_adjust,
    unknown_place,
)
from comparisons.language.messages.row_notes import (
    against,
    against_months,
    cell_source,
    counting_notes,
    group_figure,
    mixed_difference,
    mixed_figures,
    no_help_in_choosing,
    relative_error,
)
