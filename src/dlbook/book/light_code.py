"""Markdown extension: coloured code at half the weight.

Pygments wraps every name, bracket and space in an element of its own, most of them in the colour of
plain code. A long chapter has thousands. They go, and the others get the shortest element there is;
what is seen and copied stays the same.
"""

import re
from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor

# Name, punctuation, white space, operator, the letter in front of a string, the braces in it.
PLAIN = re.compile(r'<span class="(?:n|p|w|o|sa|si)">([^<]*)</span>')
SAME = re.compile(r'(<span class="(\w+)">[^<]*)</span><span class="\2">')
TOKEN = re.compile(r'<span class="(\w{1,3})">([^<]*)</span>')
CODE = re.compile(r"<code\b[^>]*>.*?</code>", re.S)
EMPTY = re.compile(r"(<pre>)<span></span>(<code)")


class LightCode(Postprocessor):
    """Unwraps the tokens that have no colour of their own, and joins neighbours of one colour."""

    def run(self, text: str) -> str:
        text = EMPTY.sub(r"\1\2", PLAIN.sub(r"\1", text))
        while (joined := SAME.sub(r"\1", text)) != text:
            text = joined
        return CODE.sub(lambda code: TOKEN.sub(r"<i class=\1>\2</i>", code[0]), text)


class LightCodeExtension(Extension):
    """No options."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # After the stashed HTML of the code blocks is back in place (30).
        md.postprocessors.register(LightCode(md), "dlbook_light_code", 6)


def makeExtension(**options: Any) -> LightCodeExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return LightCodeExtension(**options)
