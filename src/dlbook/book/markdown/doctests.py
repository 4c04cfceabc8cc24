"""Markdown extension: an example in a docstring, `>>> …` and what it gives, is set as code.

Markdown takes `>` for a quotation. mkdocstrings sends docstrings through the page's extensions, so
this one reaches them.
"""

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

FENCE = r"^(?P<space>[ \t>]*)(?P<ticks>`{3,}|~{3,}).*(?:\n.*)*?\n(?P=space)(?P=ticks).*$"
EXAMPLE = re.compile(rf"(?P<fence>{FENCE})|^(?P<indent> {{0,3}})>>> .*(?:\n(?P=indent).*\S.*)*", re.M)


class Doctests(Preprocessor):
    """Puts each run of lines that begins with `>>>`, up to the next empty line, into a fence."""

    def run(self, lines: list[str]) -> list[str]:
        return EXAMPLE.sub(_fenced, "\n".join(lines)).split("\n")


def _fenced(match: re.Match[str]) -> str:
    if match["fence"]:  # code already
        return match[0]
    indent = match["indent"]
    return f"\n{indent}```pycon\n{match[0]}\n{indent}```\n"


class DoctestsExtension(Extension):
    """No options."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # Before the fences are read (25).
        md.preprocessors.register(Doctests(md), "dlbook_doctests", 26)


def makeExtension(**options: object) -> DoctestsExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return DoctestsExtension(**options)
