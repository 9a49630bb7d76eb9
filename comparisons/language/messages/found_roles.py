"""The outcome of a search, and what stands beside each role that it found."""

from collections import Counter
from collections.abc import Sequence

from careers.names import make_slug
from careers.spelling import fold_spelling
from comparisons import formats
from comparisons.language.messages.chosen_roles import explain_uncounted
from comparisons.language.messages.figure_origins import name_figure_origin
from comparisons.queries.current_role import EverydayTitle
from comparisons.search.results import Hit, SearchResult
from comparisons.search.typed_text import list_single_words, split_query
from comparisons.titles import in_prose, pluralize

NOTHING_FOUND = (
    "Nothing is called anything like this. Another name for the same work may find it, or one of the lists below."
)
NO_WORK_NAMED = (
    "These words name no work. Type a job title or what somebody does, or narrow down the lists below by pay, growth "
    "or education."
)


def write_search_outcome(answer: SearchResult, most: int) -> str:
    """The outcome of a search, in one or two sentences. `most`: how many roles are shown at most."""
    if not answer.typed:
        return "Type a job title, what people call it, or a question about it."
    if not answer.roles:
        names_work = any(map(str.isalpha, list_single_words(split_query(answer.typed))))
        return explain_uncounted(answer.typed) or (NOTHING_FOUND if names_work else NO_WORK_NAMED)
    read_as = f" for “{answer.instead}”" if answer.instead else ""
    if answer.match == "nearest":
        return f"No role is called exactly this. The nearest{read_as}:"
    if answer.instead:
        return f"No title has these words. Found{read_as}:"
    if not answer.roles[0].is_called:
        return "The likeliest comes first."
    called = sum(hit.is_called for hit in answer.roles)
    if called > 1:
        many = f"At least {called}" if called == most else str(called)
        return f"{many} roles go by this name: the likeliest comes first. Close matches follow."
    ends_alike = sum(not hit.is_called and _ends_with(hit.name, answer.typed) for hit in answer.roles)
    if ends_alike > 1:  # the word alone says little, as “technician”
        return f"One role goes by this name alone. The names of {ends_alike} others below end with it."
    return "One role goes by this name. Close matches follow."


def _ends_with(name: str, typed: str) -> bool:
    """
    >>> _ends_with("Pharmacy technician", "Technician"), _ends_with("Technician", "technician")
    (True, False)
    """
    return fold_spelling(name).endswith(f" {fold_spelling(typed)}")


def write_also_called(title: str) -> str:
    return f"also called {in_prose(title)}" if title else ""


def name_shared_origin(hits: Sequence[Hit]) -> str:
    """What kind of pay most of the roles have, and whose, so that it is stated once; "" if no two have the same."""
    origins = Counter(_describe_pay(hit, "pay") for hit in hits if _find_pay(hit))
    [(origin, count)] = origins.most_common(1) or [("", 0)]
    return origin if count > 1 else ""


def write_found_pay(hit: Hit, shared: str) -> str:
    """The pay of a role that was found; what pay it is and whose, unless that is the `shared` origin."""
    pay = _find_pay(hit)
    if not pay:
        return "no pay given" + (f", {hit.publisher}" if hit.publisher else "")
    amount = f"{formats.dollars(pay)} a year"
    return amount if _describe_pay(hit, "pay") == shared else _describe_pay(hit, f"pay {amount}")


def _find_pay(hit: Hit) -> int | None:
    return hit.median or hit.annual_average


def _describe_pay(hit: Hit, pay: str) -> str:
    kind = "median" if hit.median else "average"
    return f"{kind} {pay}, {name_figure_origin(hit.publisher, hit.figures_of, hit.captured_on)}"


def write_found_jobs(hit: Hit) -> str:
    return formats.counted(hit.jobs, "job") if hit.jobs else ""


MOST_TITLES = 8


def list_titles(titles: Sequence[EverydayTitle], name: str) -> str:
    """What people call an occupation: the first `MOST_TITLES` of its everyday titles; "" if none is stored.

    `name`: what the page calls it, which is not repeated.

    >>> list_titles([EverydayTitle("Cop", ("onet", "soc")), EverydayTitle("Trooper", ("onet",))], "Police officer")
    'cop, trooper.'
    >>> list_titles([EverydayTitle("Actress", ("onet",)), EverydayTitle("Actor", ("onet",))], "Actor")
    'actress.'
    >>> list_titles([EverydayTitle("Cast Iron Layer", ("onet",))], "Cast-iron layer")
    ''
    """
    names = ", ".join(choose_titles(titles, name, MOST_TITLES))
    spellings = {entry.title.partition(" (")[0].casefold().replace("-", " ") for entry in titles}
    more = len(spellings - {name.casefold().replace("-", " ")}) - MOST_TITLES
    if more > 0:
        names += f" and {formats.counted(more, 'other title')}"
    return f"{names}." if names else ""


def choose_titles(titles: Sequence[EverydayTitle], name: str, most: int) -> list[str]:
    """The first titles, without those that are `name` or another one but for a hyphen or what stands in brackets.

    >>> spellings = ("Cast-Iron Layer", "Cast Iron Layer", "Drain Aide (DA)", "Drain Aide", "DA")
    >>> choose_titles([EverydayTitle(title, ("onet",)) for title in spellings], "Pipelayer", 8)
    ['cast-iron layer', 'drain aide', 'DA']
    """
    if not titles:
        return []
    by_slug: dict[str, str] = {}
    slug_of_name = make_slug(name)
    for entry in titles:
        title = in_prose(entry.title.partition(" (")[0])
        slug = make_slug(title)
        if slug not in by_slug and slug != slug_of_name:
            by_slug[slug] = title
        if len(by_slug) == most:
            break
    return list(by_slug.values())


def name_official_title(title: str, name: str) -> str:
    """How the official statistics name an occupation; "" where that is only the plural of its name.

    >>> name_official_title("Cooks, Restaurant", "Restaurant cook"), name_official_title("Actors", "Actor")
    ('Cooks, Restaurant', '')
    """
    return "" if pluralize(name) == title.lower() else title
