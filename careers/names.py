"""The address of a title or a skill."""

from django.utils.text import slugify

from careers.spelling import fold_spelling


def slug_for(name: str) -> str:
    """The name as a part of an address. It never contains `-vs-`, which joins two slugs.

    >>> slug_for("C++"), slug_for("C#"), slug_for("C"), slug_for(".NET")
    ('c-plus-plus', 'c-sharp', 'c', 'dot-net')
    >>> slug_for("Information Technology/Support Technician")
    'information-technology-support-technician'
    >>> slug_for("Lead vs Follower")
    'lead-versus-follower'
    """
    text = fold_spelling(name)
    if text.startswith("."):
        text = "dot " + text[1:]
    for mark, word in (("+", " plus "), ("#", " sharp "), ("/", " "), ("&", " ")):
        text = text.replace(mark, word)
    slug = slugify(text) or slugify(text, allow_unicode=True) or "role"
    parts = ["versus" if part == "vs" else part for part in slug.split("-") if part]
    return "-".join(parts)[:120].strip("-")
