"""The key and the address of a title or a skill."""

from unicodedata import normalize

from django.utils.text import slugify

from careers.vocabulary import SAME_SIGNS


def identity(name: str) -> str:
    """The key that all spellings of one title or skill share.

    >>> identity("  Lead  Technician ") == identity("LEAD TECHNICIAN")
    True
    >>> identity("Baker’s Co\u2011ordinator") == identity("baker's co-ordinator")
    True
    >>> identity("C++") == identity("C")
    False
    """
    plain = normalize("NFKC", name.translate(SAME_SIGNS)).casefold()
    return " ".join(plain.translate(SAME_SIGNS).split())  # again: `normalize` turns some signs into these


def slug_for(name: str) -> str:
    """The name as a part of an address. It never contains `-vs-`, which joins two slugs.

    >>> slug_for("C++"), slug_for("C#"), slug_for("C"), slug_for(".NET")
    ('c-plus-plus', 'c-sharp', 'c', 'dot-net')
    >>> slug_for("Information Technology/Support Technician")
    'information-technology-support-technician'
    >>> slug_for("Lead vs Follower")
    'lead-versus-follower'
    """
    text = identity(name)
    if text.startswith("."):
        text = "dot " + text[1:]
    for mark, word in (("+", " plus "), ("#", " sharp "), ("/", " "), ("&", " ")):
        text = text.replace(mark, word)
    slug = slugify(text) or slugify(text, allow_unicode=True) or "role"
    parts = ["versus" if part == "vs" else part for part in slug.split("-") if part]
    return "-".join(parts)[:120].strip("-")
