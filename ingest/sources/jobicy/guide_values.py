"""The values of a guide: the front block with its summary and figures, pay by level, and ratings.

In the front block a figure stands above its label, in the list of pay levels below it. On a single line they have the
same order.
"""

import re
from dataclasses import replace

from ingest.documents.lines import Line
from ingest.parsing import cells
from ingest.parsing.cells import DOLLARS, UnreadableError, letters_of
from ingest.sources.jobicy.headings import is_front_title, make_heading_key
from ingest.sources.jobicy.partial_guide import PartialGuide

# Labels by their letters -> vocabulary key.
LABELS_BELOW_FIGURE = {"growthrate": "outlook.growth_percent", "mediansalary": "salary.annual_median"}
LABELS_ABOVE_FIGURE = {
    "entrylevel": "salary.annual_entry",
    "midlevel": "salary.annual_mid",
    "seniorlevel": "salary.annual_senior",
}
RATINGS = {"stress level": "work_life.stress_level", "balance rating": "work_life.balance_rating"}

_FIGURE = re.compile(rf"[+\-\u2212]?(?:{DOLLARS})?\d")
_FIGURE_THEN_LABEL = re.compile(rf"([+\-\u2212]?(?:{DOLLARS})?\d\S*) ?(growth rate|median salary)", re.IGNORECASE)
_LABEL_THEN_FIGURE = re.compile(rf"((?:entry|mid|senior)[- ]level):? ?((?:{DOLLARS})?\d\S*)", re.IGNORECASE)
_AMOUNT = rf"(?:{DOLLARS})?(\d{{1,3}}(?:,\d{{3}}){{1,2}})"
_RANGE = re.compile(rf"{_AMOUNT}\s*[\u2014\u2013-]\s*{_AMOUNT}")
_LABEL = "|".join(RATINGS)
_JOINT = r"(?:[ ,;|/&\u2022\u00b7\u2013\u2014-]|\band\b){1,5}"  # what stands between two ratings
# A colon or a dash can also stand before the rest of a heading, such as "Stress Level – How It Feels".
_BEFORE_RATING = (
    r"(?: ?: ?(?!(?:how|what|when|where|who|why)\b)| [\u2013\u2014-] (?=(?:very|quite|fairly|moderately|low|moderate|"
    r"medium|high|good|fair|poor|bad|great|excellent|average|balanced|challenging|demanding|n/a|[\u2013\u2014-]$)))"
)
# A rating of more than forty characters is a sentence.
_RATING = re.compile(
    rf"\b({_LABEL}){_BEFORE_RATING}([^ .].{{,39}}?)\.?(?={_JOINT}(?:{_LABEL}){_BEFORE_RATING}|$)", re.IGNORECASE
)


def starts_with_figure(text: str) -> bool:
    """Whether a text starts with a number, which may have a sign or a dollar sign."""
    return _FIGURE.match(text) is not None


def has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def undo_row(line: Line) -> list[Line]:
    """The lines that guides have in place of a row of a label and its value; any other line as it is."""
    if line.kind != "row" or len(line.cells) != 2 or not all(line.cells):
        return [line]
    label, value = line.cells
    heading = replace(line, kind="text", text=label)
    if letters_of(label) in LABELS_BELOW_FIGURE:
        return [replace(heading, text=f"{value} {label}")]
    if letters_of(label) in LABELS_ABOVE_FIGURE or line.label in RATINGS:
        return [replace(heading, text=f"{label}: {value}")]
    return [heading, replace(heading, text=value)] if make_heading_key(heading) else [line]


# -- the front block -------------------------------------------------------------------------


def read_front(guide: PartialGuide, line: Line) -> None:
    text = line.text
    if is_front_title(line):
        guide.has_front = True
    elif read_label_below_figure(guide, line):
        return
    elif guide.has_front and text[-1] in ".!?”" and " " in text:
        guide.front_prose.append(line)
    else:
        guide.report_waiting()
        if starts_with_figure(text):
            guide.waiting = line
        else:
            guide.report_unread(line)


def read_label_below_figure(guide: PartialGuide, line: Line) -> bool:
    """Read `median salary` below `$39,000`, or both on one line. Returns False for any other line."""
    if both := _FIGURE_THEN_LABEL.fullmatch(line.text):
        guide.report_waiting()
        _put_figure(guide, LABELS_BELOW_FIGURE[letters_of(both[2])], line, both[1])
        return True
    key = LABELS_BELOW_FIGURE.get(letters_of(line.text)) if len(line.text) < 40 else None
    if key is None or has_digit(line.text):
        return False
    figure = _take_figure_above(guide)
    if figure is None:
        guide.report_unread(line)
    else:
        _put_figure(guide, key, figure, figure.text)
    return True


def _take_figure_above(guide: PartialGuide) -> Line | None:
    """The figure that waits for its label, or one right above it that was taken for a paragraph of the section."""
    figure, guide.waiting = guide.waiting, None
    if figure is None and guide.section:
        above = guide.section.last_line
        if above and above.kind != "bullet" and starts_with_figure(above.text):
            guide.section.take_paragraph()
            figure = above
    return figure


def _put_figure(guide: PartialGuide, key: str, line: Line, text: str) -> None:
    try:
        value = cells.read_growth(text) if key.startswith("outlook") else cells.read_money(text)
        guide.put_value(key, value, line, text=text)
    except UnreadableError as error:
        guide.leave_open(key, line, f"{error}.")


# -- pay by level ----------------------------------------------------------------------------


def read_pay(guide: PartialGuide, line: Line) -> None:
    text = line.text
    if _read_pay_range(guide, line) or _read_pay_level(guide, line):
        return
    if text[-1] == "." and " " in text and has_digit(text) and not text[0].islower():
        _read_pay_note(guide, line)
    elif starts_with_figure(text) and "salary.annual_low" not in guide.role.values:
        message = f"“{text}” is not a range like 30,000—48,000."
        guide.leave_open("salary.annual_low", line, message)
        guide.leave_open("salary.annual_high", line, message)
    elif guide.is_unknown_heading(line):
        guide.open_unknown_section(line)
    else:
        if starts_with_figure(text):
            guide.loose_pay = line
        guide.report_unread(line)


def _read_pay_note(guide: PartialGuide, line: Line) -> None:
    if "salary.note" in guide.role.values:
        guide.report_unread(line)
    else:
        guide.put_value("salary.note", line.text, line, "text")


def _read_pay_range(guide: PartialGuide, line: Line) -> bool:
    """Read `30,000—48,000`, or the median between the two. Returns False for any other line."""
    if ends := _RANGE.fullmatch(line.text):
        for key, end in (("salary.annual_low", f"${ends[1]}"), ("salary.annual_high", f"${ends[2]}")):
            _put_figure(guide, key, line, end)
        return True
    label, colon, figure = line.text.partition(":")
    if letters_of(label) == "median" and colon:
        _put_figure(guide, "salary.annual_median", line, figure.strip())
        return True
    return False


def _read_pay_level(guide: PartialGuide, line: Line) -> bool:
    """Read `Entry-Level` above `$30,000`, or both on one line. Returns False for any other line."""
    text = line.text
    if both := _LABEL_THEN_FIGURE.fullmatch(text):
        guide.report_waiting()
        _put_figure(guide, LABELS_ABOVE_FIGURE[letters_of(both[1])], line, both[2])
    elif guide.waiting and starts_with_figure(text):
        label, guide.waiting = guide.waiting, None
        _put_figure(guide, LABELS_ABOVE_FIGURE[letters_of(label.text)], line, text)
    elif letters_of(text) in LABELS_ABOVE_FIGURE and not has_digit(text):
        guide.report_waiting()
        guide.waiting = line
    else:
        return False
    return True


# -- ratings ---------------------------------------------------------------------------------


def is_rating(line: Line) -> bool:
    """Whether a line begins as "Stress Level: Moderate" does."""
    return _RATING.match(line.text) is not None


def read_rating(guide: PartialGuide, line: Line) -> None:
    """Keep the value of a line such as "Stress Level: Moderate", or of both labels on one line."""
    for label, rating in _RATING.findall(line.text):
        key = RATINGS[label.casefold()]
        try:
            if any(other in rating.casefold() for other in RATINGS):
                raise UnreadableError(f"“{rating}” goes on with another rating")
            guide.put_value(key, None if cells.is_missing(rating) else cells.read_name(rating), line)
        except UnreadableError as error:
            guide.leave_open(key, line, f"{error}.")
