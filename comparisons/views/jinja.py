"""The Jinja2 environment that draws the public pages."""

import re
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.text import capfirst
from jinja2 import Environment, StrictUndefined
from jinja2 import Template as LoadedTemplate
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.nodes import Call, Expr, Getattr, Node, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from careers.vocabulary import SAMPLE_TEXT
from comparisons.formats import counted
from comparisons.language.messages.figure_origins import name_publisher
from comparisons.links import address, page_address
from comparisons.rows import LETTERS, MARKERS, note_anchor


class QuickCodeGenerator(CodeGenerator):
    """Makes compiled templates write a text as a plain string once it is escaped: Jinja2 would wrap it in Markup.
    A whole number needs no escaping.

    A comparison writes 1,400 short texts, and wrapping them took a fifth of the page's time. And a block or an included
    template gives one text to what it stands in, not thousands of pieces through each level.
    """

    def writeline(self, x: str, node: Node | None = None, extra: int = 0) -> None:
        if x.startswith("yield from "):
            x = f'yield "".join({x.removeprefix("yield from ")})'
        elif x == "for event in gen:":  # the pieces of an included template
            x = 'for event in ["".join(gen)]:'
        super().writeline(x, node, extra)

    def visit_Template(self, node: Template, frame: Any = None) -> None:  # noqa: N802  jinja2 names it after the node
        super().visit_Template(node, frame)
        # What escape() of MarkupSafe calls for a text, and whose result it wraps.
        self.writeline("from markupsafe import _escape_inner as escape_text")
        self.writeline("from comparisons.views.jinja import QuickMacro as Macro")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("(escape_text(text) if type(text := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(") is str else text if type(text) is Markup else str(text) if type(text) is int else escape(text))")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  jinja2's name
        """Calls a macro or a function as it is: none of ours asks for the context, which Jinja2 finds out each time."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802  jinja2's name
        """Reads an attribute after a dot and an item in brackets, as Python does: Jinja2 would try both for each."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class QuickMacro(Macro):
    """A macro that is called with what it expects, in the order that it expects, without more ado."""

    def __call__(self, *arguments: Any, **named: Any) -> str:
        if named or self.caller or len(arguments) != len(self.arguments):
            return super().__call__(*arguments, **named)
        return str.__new__(Markup, self._func(*arguments))


class WithoutIdleText(Extension):
    """Leaves out what a browser does without: the indentation of templates, a tenth of a page, the end tags of items,
    options and the parts of tables, 220 compressed bytes of a comparison, for HTML ends each where the next begins, and
    the quotes around ARIA roles, 40 bytes. Nor does a line break show before a block, 40 bytes: a comment keeps it, so
    that errors name the right line.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _IDLE_BREAK.sub("{#\n#}", _IDLE_TEXT.sub(r"\1", source))


_IDLE_TEXT = re.compile(r'^[ \t]+|</(?:li|option|t(?:[dhr]|head|body|foot)|colgroup)>|(?<= role=)"(\w+)"', re.MULTILINE)
_IDLE_BREAK = re.compile(r"\n(?=</?(?:div|h\d|p|section|table|t(?:head|body|foot)|details|form|meta|link|script)\b)")


class PageTemplate(LoadedTemplate):
    """A template whose macros, where another one imports them, see its own globals: all of ours have the same."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class PageEnvironment(Environment):
    code_generator_class = QuickCodeGenerator
    template_class = PageTemplate


def split_text(text: str) -> list[tuple[str, str]]:
    """Text in pieces, each with what it is: "years" for a span of years, the letter of a role for its marker, or "".

    >>> split_text("jobs, 2024–34"), split_text("◆ of a group")
    ([('jobs, ', ''), ('2024–34', 'years'), ('', '')], [('', ''), ('◆', 'b'), (' of a group', '')])
    """
    pieces = _YEARS_OR_MARKER.split(text)
    return [(piece, _LETTERS.get(piece, "years") if index % 2 else "") for index, piece in enumerate(pieces)]


_LETTERS = dict(zip(MARKERS, LETTERS, strict=True))
_YEARS_OR_MARKER = re.compile(rf"(\d{{4}}–\d\d|[{''.join(MARKERS)}])")


def environment(**options: Any) -> Environment:
    """Build the environment with the options of Django's backend. A misspelled name in a template is an error."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    jinja = PageEnvironment(**options | ours, extensions=[WithoutIdleText])  # Django's backend turns escaping on
    if not jinja.auto_reload:  # a page asks for templates 34 times, which Jinja2 looks up behind a lock
        jinja.get_template = cache(jinja.get_template)  # type: ignore[method-assign]
    jinja.globals |= {"address": address, "page_address": page_address, "static": cache(static)}
    files: Any = staticfiles_storage  # one of config/storage.py
    jinja.globals["integrity"] = files.integrity
    jinja.globals["sample_text"] = SAMPLE_TEXT
    jinja.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    jinja.filters |= {
        "capfirst": capfirst,
        "counted": counted,
        "note_anchor": note_anchor,
        "as_publisher": name_publisher,
        "split_text": split_text,
    }
    return jinja
