"""The parts of a page that are words, as HTML: computed sentences, what people do, where it all comes from.

Put together as `markup` puts tables together, and for the same reason.
"""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from comparisons.comparison import Comparison, Side
from comparisons.language import messages
from comparisons.language.summary import Sentence
from comparisons.links import fixed
from comparisons.queries.roles import CitedPage
from comparisons.views.markup import Body


def versus(sides: Sequence[Side]) -> SafeString:
    """The roles' titles, each in its colour and with its marker, which the style sheet sets."""
    body = Body()
    for side in sides:
        body.add(f'{_VS if side.index else ""}<span class="{side.letter} mark">{{}}</span>', side.title)
    return body.filled()


def pickers(sides: Sequence[Side], without: Sequence[str]) -> SafeString:
    """An input for each side, which replaces it. `without`: the address of the page without each side."""
    body = Body()
    for side, rest in zip(sides, without, strict=True):
        title = side.title
        body.add(
            f'<div class="picker {side.letter}"><label class="visually-hidden" for="role-{side.letter}">{{}}</label>'
            f'<input id="role-{side.letter}" name="role" type="text" value="{{}}" maxlength="120" autocomplete="off"'
            f' autocapitalize="none" spellcheck="false" data-suggest="{fixed("suggest")}" data-go>'
            '<span class="name" aria-hidden="true">{}</span><a class="remove" href="{}" aria-label="{}">×</a></div>',
            *(messages.replace(title), title, title, rest, messages.remove(title)),
        )
    return body.filled()


_VS = ' <span class="vs">vs</span> '


def short(found: Iterable[Sentence]) -> SafeString:
    """The items of a list of sentences, each leading to the figures that it speaks of."""
    body = Body()
    for said in found:
        body.add("<li>")
        _sentence(body, said)
        body.add(
            f'.&nbsp;<a href="#{said.anchor}" aria-label="{{}}">↓</a></li>', messages.figures_of(said.anchor_label)
        )
    return body.filled()


def moves(found: Iterable[Sentence]) -> SafeString:
    body = Body()
    for said in found:
        body.add("<p>")
        _sentence(body, said)
        body.add(".</p>")
    return body.filled()


def coverage(found: Iterable[Sentence]) -> SafeString:
    """What lists of skills speak of, in one paragraph; nothing where there are no lists."""
    body = Body()
    for said in found:
        body.add("" if body.markup else '<p class="small">')
        _sentence(body, said)
        body.add(". ")
    if body.markup:
        body.add("{}</p>", messages.NOT_LISTED)
    return body.filled()


def _sentence(body: Body, said: Sentence) -> None:
    for part in said.parts:
        body.add(f'<b class="{part.letter} mark">{{}}</b>' if part.letter else "{}", part.text)


def skill_places(comparison: Comparison, *, named: bool) -> SafeString:
    """Where each role's list of skills stands. `named`: with the role, where a page has several."""
    body = Body()
    for side in comparison.sides:
        if source := side.list_sources.get("skills"):
            entries = comparison.skills.lists[side.index]
            lines = messages.lines([origin.get("line") for entry in entries for origin in entry.evidence.values()])
            body.add('<p class="small">')
            if named:
                body.add(f'<span class="{side.letter} mark">{{}}</span>: ', side.title)
            where = lines if named else lines.capitalize()
            body.add(
                f'{{}}<a href="#source-{source.pk:d}">{{}}</a>{{}}</p>', where, source.short, messages.AS_PUBLISHED
            )
    return body.filled()


def work(side: Side, heading: str, *, summary: bool = True) -> SafeString:
    """What one role does: summary, duties, and the sections of a guide. `heading`: the tag of its headings."""
    body = Body()
    if summary and side.summary.missing:
        body.add('<p class="absent">{}</p>', messages.no_summary(side.summary.missing))
    elif summary:
        body.add("<p>{}</p>", side.summary.text)
    if side.duties:
        body.add(f"<{heading}>{{}}</{heading}>", messages.DUTIES)
        _list(body, side.duties)
    if side.duties_truncated:
        body.add('<p class="absent">{}</p>', messages.DUTIES_HELD_BACK)
    if side.sections:
        body.add('<details class="guide"><summary>{}</summary>', messages.guide(len(side.sections)))
        for section in side.sections:
            body.add(f"<{heading}>{{}}</{heading}>", section.heading)
            for block in section.blocks:
                if block["type"] == "list":
                    _list(body, block["items"])
                else:
                    body.add("<p>{}</p>", block["text"])
        body.add("</details>")
    return body.filled()


def _list(body: Body, texts: Sequence[str]) -> None:
    body.add("<ul>" + "<li>{}</li>" * len(texts) + "</ul>", *texts)


def sources(comparison: Comparison) -> SafeString:
    """The items of a list of sources: publisher, page, date, which roles it is used for, licence."""
    body = Body()
    for source in comparison.sources:
        body.add(f'<li id="source-{source.pk:d}"><b>{{}}</b>', source.publisher)
        _page(body, source)
        body.add(", {}.", source.when)
        if len(comparison.sides) > 1:
            used_for = [side for side in comparison.sides if source in side.sources]
            body.add(" {} ", messages.USED_FOR)
            for place, side in enumerate(used_for):
                body.add(
                    f'<span class="{side.letter} mark">{{}}</span>{{}}', side.title, messages.after(place, used_for)
                )
        _licence(body, source)
        body.add(" {}</li>", source.attribution)
    return body.filled()


def _page(body: Body, source: CitedPage) -> None:
    if source.url:
        bare = "" if source.title else ' class="bare"'
        body.add(f': <a href="{{}}"{bare} rel="noopener nofollow">{{}}</a>', source.url, source.title or source.url)
    elif source.title:
        body.add(": {}", source.title)


def _licence(body: Body, source: CitedPage) -> None:
    if source.licence and source.licence_url:
        link = '<a href="{}" rel="license noopener">{}</a>'
        body.add(f" {{}} {link}.", messages.LICENCE, source.licence_url, source.licence)
    elif source.licence:
        body.add(" {} {}.", messages.LICENCE, source.licence)
