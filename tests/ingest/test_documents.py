"""Bytes become lines: decoded, repaired and numbered, or refused with a helpful reason."""

import json
import quopri
import re

import pytest

from ingest.documents.decoding import repair
from ingest.documents.document import PAGE_LIMIT, Document, read_document
from ingest.documents.lines import MOST_LINES
from ingest.parsing.cells import UnreadableError
from ingest.parsing.columns import is_ruler


def list_lines(document: Document) -> list[tuple[int, str, str]]:
    return [(line.number, line.kind, line.text) for line in document.lines]


def list_codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


def test_lines_keep_their_number_and_say_what_they_are() -> None:
    document = read_document("a.txt", "Head\n\n  • One\n- Two\n| Label | 1 | 2 |\n".encode())
    assert list_lines(document) == [
        (1, "text", "Head"),
        (3, "bullet", "One"),
        (4, "bullet", "Two"),
        (5, "row", "| Label | 1 | 2 |"),
    ]
    assert document.lines[3].cells == ("Label", "1", "2")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_equal(end: str) -> None:
    document = read_document("a.txt", f"One{end}{end}Two".encode())
    assert list_lines(document) == [(1, "text", "One"), (3, "text", "Two")]


@pytest.mark.parametrize("end", ["\f", "\v", "\x85", "\u2028", "\u2029"])
def test_signs_that_only_some_programs_end_lines_with_end_lines_where_no_others_do(end: str) -> None:
    document = read_document("a.txt", f"One{end}{end}Two{end}".encode())
    assert list_lines(document) == [(1, "text", "One"), (3, "text", "Two")]
    assert document.ends_with_newline


@pytest.mark.parametrize("blank", "\v\x85\u2028\u2029")
def test_signs_that_only_some_programs_end_lines_with_are_blanks_beside_line_ends(blank: str) -> None:
    document = read_document("a.txt", f"New{blank}York\nTwo".encode())
    assert list_lines(document) == [(1, "text", "New York"), (2, "text", "Two")]
    assert list_codes(document) == []


@pytest.mark.parametrize("drawn", ["---", "=====", "* * *", "___", "-" * 200])
def test_a_line_that_is_drawn_is_no_text(drawn: str) -> None:
    document = read_document("a.txt", f"Head\n{drawn}\nText\n--\n".encode())
    assert list_lines(document) == [(1, "text", "Head"), (3, "text", "Text"), (4, "text", "--")]


def test_a_row_without_its_last_bar_is_not_whole() -> None:
    document = read_document("a.txt", b"| Number of jobs | 250,590 | 117,0")
    assert not document.lines[0].whole


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Bachelorβ€™s", "Bachelor’s"),
        ("Bachelorâ€™s", "Bachelor’s"),
        ("30,000β€”48,000", "30,000—48,000"),
        ("sautΓ©", "sauté"),
        ("sautÃ©", "sauté"),
        ("πŸ“ˆ Growth", "📈 Growth"),
        ("ðŸ“ˆ Growth", "📈 Growth"),
        ("Microsoftβs own", "Microsoft’s own"),
        ("hybrid β on-premises", "hybrid — on-premises"),
        ("Ã¢â‚¬â„¢", "’"),
    ],
)
def test_damage_that_maps_back_to_utf_8_is_repaired(damaged: str, right: str) -> None:
    assert repair(damaged) == right


@pytest.mark.parametrize(
    "sound", ["α and β", "Ελλάδα", "café", "“Ö“", "naïve — résumé", "™", "€”", "日本語", "Zürich’s", "β-blocker"]
)
def test_text_that_was_never_damaged_stays(sound: str) -> None:
    assert repair(sound) == sound


def test_what_was_repaired_is_recorded_with_its_line() -> None:
    document = read_document("a.txt", "Fine\nMicrosoftβs".encode())
    (warning,) = document.warnings
    assert (warning.code, warning.line) == ("repaired-text", 2)
    assert "“Microsoftβs” is “Microsoft’s”" in warning.message
    assert document.lines[1].raw == "Microsoftβs"


# What a rule does -> a text, and the lines that are read of it, each without its marks.
TEXTS = {
    "spaces of every kind are one space": ("Yearly\u00a0 salary\t$1", ["Yearly salary $1"]),
    "hyphens that keep a line together are hyphens": ("Winston\u2011Salem 1\u20102", ["Winston-Salem 1-2"]),
    "names of characters are the characters": (
        "Sales &amp; Marketing\nSam&#39;s Club, Sam&#x2019;s, Sam&rsquo;s\n$36,000&nbsp;&ndash;&nbsp;$41,000",
        ["Sales & Marketing", "Sam's Club, Sam’s, Sam’s", "$36,000 – $41,000"],
    ),
    "an unknown name of a character is text": ("AT&T; R&D; &unknown;", ["AT&T; R&D; &unknown;"]),
    "the marks of Markdown are not part of a row": (
        "| **Pay** | \\$9 | [Meta](https://a.example/m) |\n| Growth rate | **-7%** | **$9** |",
        ["| Pay | $9 | Meta |", "| Growth rate | -7% | $9 |"],
    ),
    "the marks of Markdown are not part of a line": (
        "- [Java](/java), 17%\n![A map](https://a.example/map.png)\nC\\+\\+ \\& C\\#",
        ["Java, 17%", "A map", "C++ & C#"],
    ),
    "signs of code are no marks": ("f(**options), a[1](b), 2 ** 3", ["f(**options), a[1](b), 2 ** 3"]),
    "marks that surround nothing stay": (
        "Jobs 117,102*\nC# and C++*\na_b\n*a* and b\n*a* and *b*\n__a__ or __b__\n_a\nx = y",
        ["Jobs 117,102*", "C# and C++*", "a_b", "*a* and b", "*a* and *b*", "__a__ or __b__", "_a", "x = y"],
    ),
    "marks of notes stay in a text": ("Texas [1] Ohio[2]", ["Texas [1] Ohio[2]"]),
    "an indented line right below a bullet goes on with it": (
        "Duties\n  • Check the hives\n    after each\n    storm.\n  • Sell honey.\nand more\n  • Rest.\n\n    also\n",
        ["Duties", "Check the hives after each storm.", "Sell honey.", "and more", "Rest.", "also"],
    ),
    "a page that is quoted as a whole is the page": (
        "> Head\n>\n> - One\n\n>| Label | 1 | 2 |\n",
        ["Head", "One", "| Label | 1 | 2 |"],
    ),
    "a page that is quoted twice is the page": (
        ">> Head\n> >\n> > - One\n>>| Label | 1 | 2 |\n>>   - Two\n",
        ["Head", "One", "| Label | 1 | 2 |", "Two"],
    ),
    "one quoted line keeps its mark": ("Pay\n> $48,000\n", ["Pay", "> $48,000"]),
    "what links to a heading is not part of it": (
        "Work Setting #\nWork Setting¶\nWork Setting ¶\nWork Setting🔗\n- Scripts in C #\nC#",
        ["Work Setting", "Work Setting", "Work Setting", "Work Setting", "Scripts in C #", "C#"],
    ),
}


@pytest.mark.parametrize(("text", "lines"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_read_without_its_marks(text: str, lines: list[str]) -> None:
    assert [line.text for line in read_document("a.txt", text.encode()).lines] == lines


LONG = "Set up the station and each of its burners"


@pytest.mark.parametrize(
    ("text", "bullets"),
    [
        (f"- {LONG}\nbefore service.", [f"{LONG} before service."]),
        (f"- {LONG}.\nbefore service.", [f"{LONG}."]),
        (f"- {LONG}, 17%\nnext line", [f"{LONG}, 17%"]),
        (f"- {LONG}\nNext line", [LONG]),
        (f"- {LONG}\n\nnext line", [LONG]),
        (f"- {LONG}\nshow more", [LONG]),
        (f"- {LONG}\nskills of a cook:", [LONG]),
        (f"- {LONG}\nhttps://jobicy.com/careers/cook", [LONG]),
        (f"- {LONG}\njobicy.com/careers/cook", [LONG]),
        ("- Small towns\ngrowth rate", ["Small towns"]),
    ],
)
def test_a_line_below_a_bullet_goes_on_with_its_sentence(text: str, bullets: list[str]) -> None:
    document = read_document("a.txt", text.encode())
    assert [line.text for line in document.lines if line.kind == "bullet"] == bullets


@pytest.mark.parametrize("text", ["3.5 stars", "1.5", "2024. Then", "3D Artist", "✔\ufe0f Key Responsibilities"])
def test_figures_and_emoji_are_no_bullets(text: str) -> None:
    (line,) = read_document("a.txt", text.encode()).lines
    assert line.kind == "text"


@pytest.mark.parametrize(
    "character", ["1.", "12.", "3)", "- •", "- [x]", "[ ]", "1. ☑", "bullet", *"o•‣▪▫■□○●◦◆◇►▸➢➤→»☐☑✓✔\uf0b7\uf0a7"]
)
def test_characters_of_lists_are_bullets(character: str) -> None:
    (line,) = read_document("a.txt", f"{character} Sauces".encode()).lines
    assert (line.kind, line.text) == ("bullet", "Sauces")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.mht",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
            "a web archive (.mht",
        ),
        ("a.webarchive", b"bplist00\xd1\x01\x02", "a web archive"),
        ("a.rtf", b"{\\rtf1\\ansi Baker}", "a document of a word processor"),
        ("a.xlsx", b"PK\x03\x04 and no more", "The workbook is damaged or incomplete"),
    ],
)
def test_files_of_other_programs_are_refused_by_name(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document(name, content)
    assert reason in str(refused.value)


LINES = [f"• What a baker does on day {day} of the month, at home in the café = and on the road" for day in range(30)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (quopri.encodestring("\n".join(LINES).encode()), "for mails (quoted-printable)"),
        ("\n".join(LINES).encode("utf-7"), "as UTF-7"),
        (json.dumps("\n".join(LINES)).encode(), "for programs (JSON)"),
        (json.dumps({"url": "https://a.b", "text": "\n".join(LINES)}, indent=1).encode(), "for programs (JSON)"),
    ],
)
def test_text_that_is_still_encoded_is_refused_because_parts_of_it_would_be_read(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=re.escape(f"The text is encoded {reason}")):
        read_document("a.txt", content)
    assert len(read_document("a.txt", "\n".join([*LINES, "+ICI- \\n ="]).encode()).lines) == 31
    assert len(read_document("a.txt", b"== Head ==\nText\n" * 9).lines) == 18


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("- a\n  - b\n- c", "b"),
        ("• a\n      • b\n\n      • c\n• d", "bc"),
        ("* a\n\t* b\n* c", "b"),
        ("1. a\n   1. b\n2. c", "b"),
        ("• a\n   ◦ b\n   ◦ c", "bc"),
        ("a\n  • b\n  • c", ""),
        ("• a\n  • b\n  • c", ""),  # a copy lost the blanks before its first line
        (" 9. a\n10. b\n11. c", ""),
        ("- a\n - b\n- c", ""),
        ("- a\nB\n  - c", ""),
    ],
)
def test_a_bullet_further_in_than_its_list_is_of_a_list_below_another_bullet(text: str, nested: str) -> None:
    lines = read_document("a.txt", text.encode()).lines
    assert "".join(line.text for line in lines if line.is_nested) == nested


@pytest.mark.parametrize(
    ("items", "nested"),
    [
        ("<li>a<ul><li>b</li><li>c<ol><li>d</li></ol></li></ul></li><li>e</li>", "bcd"),
        ("<li><p>a</p><div><ul><li>b</li></ul></div></li>", "b"),
        ("<li><div><p>a</p><ul><li>b</li></ul></div></li>", "b"),
        ("<li><ul><li>a</li><li>b</li></ul></li>", ""),  # an item without text only lays out its list
        ("<li><h3>a</h3></li><li>b</li>", ""),
    ],
)
def test_an_item_of_html_below_the_text_of_another_is_nested(items: str, nested: str) -> None:
    lines = read_html(f"<ul>{items}</ul>").lines
    assert "".join(line.text for line in lines if line.is_nested) == nested
    assert sorted("".join(line.text for line in lines)) == sorted(re.sub(r"<[^>]*>", "", items))


def test_several_bullets_on_one_line_are_several() -> None:
    document = read_document("a.txt", "  • Java • SQL, 5%• C\n- a • b\n• • a\n• •\nc • d\n".encode())
    assert list_lines(document) == [
        *[(1, "bullet", text) for text in ("Java", "SQL, 5%", "C")],
        (2, "bullet", "a • b"),
        (3, "bullet", "a"),
        (4, "bullet", "•"),
        (5, "text", "c • d"),
    ]


def test_a_bullet_takes_in_thirty_lines_at_the_most() -> None:
    document = read_document("a.txt", ("- Does this\n" + "  and\n" * 40).encode())
    assert list_lines(document)[0] == (1, "bullet", "Does this" + " and" * 30)
    assert [text for _, _, text in list_lines(document)[1:]] == ["and"] * 10


def test_bars_and_lines_that_draw_a_table_are_those_of_a_table() -> None:
    text = "┌───┬───┬───┐\n│ Pay ┃ $1 ║ $2 │\n├───┼───┼───┤\n｜Jobs｜3｜4｜"
    document = read_document("a.txt", text.encode())
    rows = [line.cells for line in document.lines if not is_ruler(line)]
    assert rows == [("Pay", "$1", "$2"), ("Jobs", "3", "4")]
    assert document.lines[1].raw == "│ Pay ┃ $1 ║ $2 │"


def test_blank_lines_do_not_make_a_page_too_long() -> None:
    assert len(read_document("a.txt", b"a\n\n\n" * MOST_LINES).lines) == MOST_LINES


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_a_page_in_utf_16_is_read_if_a_mark_says_so(codec: str) -> None:
    mark = "" if codec == "utf-16" else "\ufeff"
    document = read_document("a.txt", f"{mark}Café\n| Pay | $1 | $2 |".encode(codec))
    assert list_lines(document) == [(1, "text", "Café"), (2, "row", "| Pay | $1 | $2 |")]
    assert not document.warnings
    torn = read_document("a.txt", "Pay $41".encode("utf-16")[:-1])
    assert torn.lines[0].text == "Pay $4\ufffd"


def test_a_lone_beta_stays_with_a_warning() -> None:
    document = read_document("a.txt", "30,000β48,000".encode())
    assert document.lines[0].text == "30,000β48,000"
    assert list_codes(document) == ["unrepaired-text"]


def test_invisible_and_control_characters_are_stripped_with_a_warning() -> None:
    document = read_document("a.txt", "Lead\u202e Tech\u200bnician\x07\x00".encode() + b" leads" * 30)
    assert document.lines[0].text == "Lead Technician" + " leads" * 30
    assert list_codes(document) == ["stripped-characters"]
    assert "U+202E" in document.warnings[0].message


@pytest.mark.parametrize("character", "\u034f\u115f\u180e\u200c\u200d\u2061\u206f\u3164\uffa0\ufff9")
def test_characters_without_width_are_not_part_of_words(character: str) -> None:
    document = read_document(
        "a.txt", f"B{character}aker{character}\n{character}{character}Café{character} é{character}e".encode()
    )
    assert [line.text for line in document.lines] == ["Baker", "Café ée"]
    assert list_codes(document) == ["stripped-characters"] * 2


@pytest.mark.parametrize("text", ["\U0001f469\u200d\U0001f373 Cook", "می\u200cخواهم"])
def test_joiners_within_emoji_and_words_of_other_languages_stay(text: str) -> None:
    document = read_document("a.txt", text.encode())
    assert (document.lines[0].text, list_codes(document)) == (text, [])


def test_a_page_in_windows_1252_is_read_with_a_warning() -> None:
    document = read_document("a.txt", "Fine\ncafé and “more”".encode("windows-1252"))
    assert document.lines[1].text == "café and “more”"
    assert [(w.code, w.line) for w in document.warnings] == [("decoded-as-windows-1252", 2)]


def test_one_wrong_byte_does_not_damage_the_rest() -> None:
    document = read_document("a.txt", "It’s fine\n".encode() + b"\xe9t\xe9\n")
    assert [line.text for line in document.lines] == ["It’s fine", "été"]


def test_a_file_that_stops_inside_a_character_is_open_ended() -> None:
    document = read_document("a.txt", "It’".encode()[:-1])
    assert document.open_ended
    assert document.lines[0].text == "It"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"x" * (PAGE_LIMIT + 1), "2,000,000"),
        (b"a\n" * (MOST_LINES + 1), "more than 50,000 lines"),
        (b"<html><body>" + b"a<br>" * (MOST_LINES + 1), "more than 50,000 lines"),
        (b"\xe2\x80\xa2a" * (MOST_LINES + 1), "more than 50,000 lines"),
        ("page of text".encode("utf-16-le"), "not text"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04 and so on", "zip"),
        (b"7z\xbc\xaf\x27\x1c", "packed, but not as .zip"),
        (b"\x1f\x8b\x08", "packed, but not as .zip"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "packed, but not as .zip"),
        (b"\0\0\0\x18ftypheic", "a picture or a film"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a picture or a film"),
        (bytes(range(1, 128)) * 4, "not text"),
        (b"text \x81\x8d\x8f\x90\x9d", "neither UTF-8 nor windows-1252"),
    ],
)
def test_a_file_that_is_not_a_page_is_refused_with_a_reason(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableError, match=word) as refusal:
        read_document("a.txt", data)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text", [f"{'Cook. ':256}Mustard is served.", "Convert WEBP pictures.", "The ftyp box.", "BZh is an abbreviation."]
)
def test_a_page_with_the_letters_by_which_other_files_are_recognized_is_read(text: str) -> None:
    assert read_document("a.txt", text.encode()).lines


def read_html(body: str) -> Document:
    return read_document("a.html", f"<!doctype html><html><body>{body}</body></html>".encode())


def test_tables_headings_and_lists_of_html_are_the_lines_of_the_text() -> None:
    document = read_html(
        "<h2>A vs B</h2><p>One <b>bold</b>\n word</p>"
        "<TABLE><tr><td></td><th>A</th><th>B</th></tr>"
        "<tr><td>Gender ratio</td><td>Male, 60%<br>Female, 40%</td><td><div>-</div></td></tr></table>"
        "<ul><li>First</li><li><p>Second</p></li></ul>"
    )
    assert [(line.kind, line.text) for line in document.lines] == [
        ("heading", "A vs B"),
        ("text", "One bold word"),
        ("row", "| | A | B |"),
        ("row", "| Gender ratio | Male, 60% Female, 40% | - |"),
        ("bullet", "First"),
        ("bullet", "Second"),
    ]


# What a rule does -> the body of a page, and the lines that are read of it.
BODIES = {
    "scripts and styles are not text": (
        "<script>var a = '$1'</script><style>p{}</style><p>Text<script>1</script></p><template><p>No</p></template>",
        ["Text"],
    ),
    "blocks that open at a click are read": (
        '<ul style="display:none"><li>Bake bread</li></ul><p hidden>More</p>',
        ["Bake bread", "More"],
    ),
    "an element below a bullet does not go on with it": (
        "<ul><li>Set up the station and each of its burners</li></ul>\n<p>before service.</p>",
        ["Set up the station and each of its burners", "before service."],
    ),
    "a sign beside that of an item is not part of its text": (
        "<ul><li>• Java</li><li>[x] SQL</li><li>- C</li></ul>",
        ["Java", "SQL", "- C"],
    ),
    "marks of notes are not part of names": (
        "<p>Bakers<sup>1</sup> bake<sup>[2]</sup>.</p>"
        "<table><tr><td>Highest paying state<sup>*</sup></td><td>Texas<sup><a href='#n'>1</a></sup></td>"
        "<td>Ohio <sup>[a]</sup></td></tr>"
        "<tr><td>Average age</td><td>42<sup><a href='#n'>1</a></sup></td><td>39<sup>[1]</sup></td></tr></table>",
        ["Bakers bake.", "| Highest paying state | Texas | Ohio |", "| Average age | 42 | 39 |"],
    ),
    "a raised star behind a figure marks a note": (
        "<table><tr><td>Number of jobs</td><td>10<sup>*</sup></td><td>51,301<sup>†</sup></td></tr></table>",
        ["| Number of jobs | 10 | 51,301 |"],
    ),
    "a raised figure beside another one stays apart from it": (
        "<table><tr><td>Number of jobs</td><td>10<sup>3</sup></td><td>51,301<sup>1</sup></td></tr></table>",
        ["| Number of jobs | 10 3 | 51,301 1 |"],
    ),
    "figures of two elements stay apart, and a figure in several stays together": (
        "<table><tr><td>4.2<span class=tip>5</span></td><td><i>9</i>51,301</td>"
        "<td>5<!-- 0 -->1,<b>301</b></td><td>51<wbr>301</td></tr></table>",
        ["| 4.2 5 | 9 51,301 | 51,301 | 51301 |"],
    ),
    "elements that are drawn as a table are rows": (
        "<div role='table'><div role='rowgroup'><div role='row'><span role='columnheader'></span>"
        "<span role='columnheader'>Baker</span><span role='columnheader'>Cook</span></div></div>"
        "<div role='row'><!-- 1 --><div role='rowheader'>Growth rate</div>"
        "<div role='cell'>3%</div><div role='cell'>-</div></div></div>",
        ["| | Baker | Cook |", "| Growth rate | 3% | - |"],
    ),
    "no text is lost of a drawn row with parts that are no cells": (
        "<div role='row'><p>Baker</p><ul><li>Ovens</li></ul></div>"
        "<div role='row'><div><div role='cell'>Cook</div></div><div role='cell'>Pans</div></div>",
        ["Baker", "Ovens", "Cook", "Pans"],
    ),
}
HIDDEN = [
    '<span style="display:none">9</span>',
    '<span style="color: red; DISPLAY : none !important">9</span>',
    '<span style="visibility:hidden">9</span>',
    "<span hidden>9</span>",
    "<del>9</del>",
    "<s>9,</s>",
]
for hidden in HIDDEN:
    BODIES[f"a figure does not take in {hidden} beside it"] = (
        f"<p>About {hidden}51 jobs</p>"
        f"<table><tr><td>Number of jobs<div hidden>1</div></td><td>{hidden}51,301</td><td hidden>1</td><td>7</td></tr>"
        "</table>",
        ["About 51 jobs", "| Number of jobs | 51,301 | 7 |"],
    )
for mark in (" #", "#", "¶", " ¶", "🔗"):
    BODIES[f"the link “{mark}” of a heading to itself is not part of it"] = (
        f"<h2>Work Setting<a href='#work'>{mark}</a></h2><p>An <a href='/c'>C#</a></p>",
        ["Work Setting", "An C#"],
    )


@pytest.mark.parametrize(("body", "lines"), BODIES.values(), ids=BODIES)
def test_html_is_read_as_a_browser_shows_it(body: str, lines: list[str]) -> None:
    assert [line.text for line in read_html(body).lines] == lines


def test_a_column_is_one_of_a_table_if_any_of_its_parts_has_text_in_it() -> None:
    page = read_html(
        "<table><tr><th></th><th></th><th>Baker</th><th>Cook</th></tr>"
        "<tr><td><img src='pay.png' alt='pay'></td><td>Average salary:</td><td>$36,500</td><td></td></tr></table>"
        "<table><tr><td></td><td>$36,500</td><td>$41,000</td></tr></table>"
    )
    parts = [("", "Baker", "Cook"), ("Average salary", "$36,500", ""), ("", "$36,500", "$41,000")]
    assert [line.cells for line in page.lines] == parts
    page = read_html(
        "<table><tr><th></th><th>Baker</th><th>Cook</th><th>Waiter</th></tr><tr><th colspan=4>Pay</th></tr>"
        "<tr><td>Average salary</td><td>$36,500</td><td>$41,000</td><td></td></tr></table>"
    )
    rows = [("", "Baker", "Cook", "Waiter"), ("Pay",), ("Average salary", "$36,500", "$41,000", "")]
    assert [line.cells for line in page.lines] == rows


def test_html_lines_keep_their_line_numbers() -> None:
    document = read_html("\n<p>Two</p>\n\n<p>Four</p>\n<table>\n<tr><td>Six</td><td>a</td><td>b</td></tr></table>")
    assert [line.number for line in document.lines] == [2, 4, 6]


def test_the_address_of_a_saved_page_is_read_from_it() -> None:
    canonical = '<!doctype html><html><head><title> A  vs B </title><link rel="canonical" href="https://x.example/a"></head><body><p>a</p></body></html>'
    document = read_document("a.html", canonical.encode())
    assert (document.url, document.title) == ("https://x.example/a", "A vs B")
    saved = "<html><!-- saved from url=(0021)https://x.example/a/b --><body><p>a</p></body></html>"
    assert read_document("a.html", saved.encode()).url == "https://x.example/a/b"
    hostile = '<html><head><link rel="canonical" href="javascript:alert(1)"></head><body><p>a</p></body></html>'
    assert read_document("a.html", hostile.encode()).url is None


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("<html><body><p>a</p></body></html>", False),
        ("<html><body><p>a</p></body></html>\n<!-- saved -->\n", False),
        ("<table><tr><td>a</td></tr></table>", False),
        ("<html><body><p>a</p><p>117,0", True),
        ("<html><body><p>a <b>117</b>", True),
        ("<html><body><p>a</p><table><tr><td>b</t", True),
    ],
)
def test_html_that_stops_before_its_last_block_closes_is_open_ended(text: str, cut: bool) -> None:
    assert read_document("a.html", text.encode()).open_ended is cut


def test_html_nested_too_deeply_is_refused_as_a_whole() -> None:
    deep = "<div>" * 400 + "<p>lost</p>" + "</div>" * 400
    with pytest.raises(UnreadableError, match="nested too deeply"):
        read_html(deep)


@pytest.mark.parametrize("name", ["p ", "p;", "p'", 'p"', "p=", "p.", "p<b ", "P&", "p\u00a0"])
@pytest.mark.parametrize("attribute", ["a{} ", "a{}='b c' ", 'a{}=""', "a{}/"])
def test_html_with_an_element_of_thousands_of_attributes_is_refused(name: str, attribute: str) -> None:
    tag = f"<{name}{''.join(map(attribute.format, range(2_002)))}>"
    for before in ("", "<!-- <script> -->", "<script>'<!--'</script>", "<script-x>", "<script/>"):
        with pytest.raises(UnreadableError, match="more than 2,000 attributes"):
            read_html(f"{before}{tag}a</p>")


def test_a_long_attribute_and_a_long_script_are_no_attributes() -> None:
    path = f"<svg><path d='{'M 1 2 ' * 3_000}'></path></svg>"
    assert [line.text for line in read_html(f"{path}<p>a</p>").lines] == ["a"]
    for comparison in ("i<n;i++", "i<n ;i++", "i<n/2;i++"):
        script = f"<script>for(i=0;{comparison})a=[{'1, ' * 3_000}1]</script>"
        assert [line.text for line in read_html(f"{script}<p>a</p>").lines] == ["a"], comparison


def test_text_about_html_is_not_html() -> None:
    document = read_document("a.txt", b"Use <table> and <p> in pages")
    assert document.form == "text"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# Work Setting #",
            "## Work Setting ##",
            "### Work Setting {#work .x}",
            "== Work Setting ==",
            "===Work Setting===",
        ),
        *("*Work Setting*", "__Work Setting__", "_Work Setting_", "***Work Setting***", "## **Work Setting**"),
        *("[12]Work Setting", "Work Setting"),
    ],
)
def test_the_marks_around_a_heading_are_not_part_of_it(text: str) -> None:
    (line,) = read_document("a.txt", text.encode()).lines
    assert (line.kind, line.text) == ("text", "Work Setting")


@pytest.mark.parametrize("character", ";,")
def test_what_parts_a_bullet_from_the_next_one_is_not_part_of_it(character: str) -> None:
    document = read_document(
        "a.txt",
        f"- Java{character}\n- SQL {character}\n- Setting up the printers of the office{character}\n  and C".encode(),
    )
    assert [line.text for line in document.lines] == [
        "Java",
        "SQL",
        f"Setting up the printers of the office{character} and C",
    ]
    assert [line.text for line in read_html(f"<ul><li>Java{character}</li><li>{character}</li></ul>").lines] == [
        "Java",
        character,
    ]
