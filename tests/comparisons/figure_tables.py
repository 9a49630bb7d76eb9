"""What readers find on the page of a comparison: rows of its tables, and the notes that figures open."""

from lxml.html import HtmlElement

from comparisons.comparison import Comparison
from comparisons.language.verdict import Verdict, write_verdict
from tests.comparisons.opened_pages import list_texts
from tests.comparisons.verdict_words import write_with_markers


def list_labels(page: HtmlElement) -> list[str]:
    """The labels of the table of all figures, in its order."""
    return list_texts(page, "#all tbody tr:not(.sub) th")


def find_figure_row(page: HtmlElement, label: str) -> HtmlElement:
    (row,) = [row for row in page.cssselect("#all tbody tr:not(.sub)") if list_texts(row, "th") == [label]]
    return row


def list_figure_texts(page: HtmlElement, label: str) -> list[str]:
    """The cells of a row of that table; the difference of two roles comes last."""
    return list_texts(find_figure_row(page, label), "td")


def find_origin(page: HtmlElement, button: HtmlElement) -> HtmlElement:
    """The note that a figure opens."""
    (note,) = page.cssselect(f"#{button.get('popovertarget')}")
    return note


def find_missing_facts(page: HtmlElement) -> str:
    """What the page says that it does not have."""
    return " ".join(text for text in list_texts(page, ".same") if text.startswith("Not on this page"))


def write_verdict_text(comparison: Comparison) -> str:
    """The sentences at the top of a comparison."""
    return " ".join(list_verdict_texts(write_verdict(comparison)))


def list_verdict_texts(verdict: Verdict) -> list[str]:
    """The sentences of a verdict, that on pay last."""
    sentences = [*verdict.sentences, *filter(None, [verdict.toss_up])]
    return [write_with_markers(sentence) for sentence in sentences]
