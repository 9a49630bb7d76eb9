"""Work that many ask for and the official wage table has no row for."""

from comparisons.search.spelling import is_slip
from comparisons.search.typed_text import Words, read_text

# Who does it, as a sentence says it -> what people type. The wage statistics ask employers, and neither the forces nor
# assemblies are among them; those who fish and hunt mostly work for themselves, and nobody pays who keeps house.
_NAMES = {
    "soldiers, or anyone else in the armed forces": """
        soldier; army; army soldier; army private; army officer; army general; army ranger; army sergeant;
        drill sergeant; navy; navy officer; navy sailor; navy seal; naval officer; marine; marine corps; us marine;
        marine infantry; air force; air force officer; airman; coast guard; coast guardsman; space force;
        national guard; national guardsman; armed forces; military; military officer; military man; special forces;
        green beret; paratrooper; infantry; infantryman; infantry soldier; infantry officer; service member
        """,
    "lawmakers": """
        legislator; lawmaker; senator; state senator; us senator; congressman; congresswoman; congressperson;
        congressional representative; member of congress; state representative; state legislator; assemblyman;
        assemblywoman; city council member; city councilor; councilman; councilwoman; alderman
        """,
    "people who fish or hunt for a living": """
        fisherman; fisherwoman; fisher; commercial fisherman; commercial fisher; fishing; hunter; hunting; trapper;
        fur trapper; lobsterman; lobster fisherman; crab fisherman; shrimper
        """,
    "people who keep house for their families": """
        homemaker; home maker; housewife; house wife; househusband; house husband; stay at home mom; stay at home mum;
        stay at home mother; stay at home wife; stay at home dad; stay at home father; stay at home husband;
        stay at home parent
        """,
}


def _read_names() -> dict[Words, str]:
    people_by_words: dict[Words, str] = {}
    for people, names in _NAMES.items():
        for name in names.split(";"):
            people_by_words[read_text(name.strip()).phrases[0].words] = people
    return people_by_words


_PEOPLE_BY_WORDS = _read_names()


def name_uncounted(words: Words, *, stored: bool = False) -> str:
    """Who does the work that these words name, of those whom the wage table leaves out; "" for others.

    `stored`: titles have all of these words, so that none is misspelled.

    >>> name_uncounted(("solider",)), name_uncounted(("solider",), stored=True)
    ('soldiers, or anyone else in the armed forces', '')
    """
    if words in _PEOPLE_BY_WORDS or stored or len(words) > 1:
        return _PEOPLE_BY_WORDS.get(words, "")
    meant = (people for name, people in _PEOPLE_BY_WORDS.items() if len(name) == 1 and is_slip(words[0], name[0]))
    return next(meant, "")


def name_uncounted_work(typed: str) -> str:
    """The same for a text, apart from filler and ranks.

    >>> name_uncounted_work("how much does a soldier make"), name_uncounted_work("Senators")
    ('soldiers, or anyone else in the armed forces', 'lawmakers')
    >>> name_uncounted_work("army nurse")
    ''
    """
    return next(filter(None, [name_uncounted(phrase.words) for phrase in read_text(typed).phrases]), "")
