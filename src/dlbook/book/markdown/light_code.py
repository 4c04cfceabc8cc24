"""Markdown extension: coloured code at half the weight, made in half the time.

Pygments' formatter wraps every name, bracket and space in an element of its own, most of them in the colour of plain code.
A long chapter has thousands. This takes Pygments' words and writes only those that have a colour, each in the shortest
element there is; what is seen and copied is the same. It stands in the place of `pymdownx.highlight`, whose options it has.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pymdownx.highlight import Highlight, HighlightExtension

from dlbook.book.markdown.python_words import python_words

COLOURLESS = {"", "n", "p", "w", "o", "sa", "si"}  # names, punctuation, spaces, operators, the braces in a string
# What mkdocstrings sets with Pygments' own formatter: the same words in other elements.
PLAIN = re.compile(r'<span class="(?:n|p|w|o|sa|si)">([^<]*)</span>')
SAME = re.compile(r'(<span class="(\w+)">[^<]*)</span><span class="\2">')
TOKEN = re.compile(r'<span class="(\w{1,3})">([^<]*)</span>')
CODE = re.compile(r"<code\b[^>]*>.*?</code>", re.S)
EMPTY = re.compile(r"(<pre>)<span></span>(<code)")


class LightHighlight(Highlight):
    """Writes blocks of code; what has numbered or marked lines, or stands in a line, it leaves to pymdownx."""

    def highlight(
        self, src: str, language: str, css_class: str = "highlight", hl_lines: Any = None, linestart: int = -1, **more: Any
    ) -> str:
        if more.get("inline") or hl_lines or linestart > 0 or not self.use_pygments:
            return str(super().highlight(src, language, css_class, hl_lines, linestart, **more))
        lexer = _lexer(language or self.default_lang or "text", self.stripnl)
        if lexer is None:
            return str(super().highlight(src, language, css_class, hl_lines, linestart, **more))
        names = [f"{self.language_prefix}{language}"] if self.pygments_lang_class else []
        classes = " ".join([*names, *(more.get("classes") or []), css_class])
        title = (more.get("title") or "").strip()
        shown = f'<span class="filename">{title}</span>' if title else ""
        identity = f' id="{more["id_value"]}"' if more.get("id_value") else ""
        words = python_words(src) if language == "python" else ((_class(kind), word) for kind, word in lexer.get_tokens(src))
        code = "".join(coloured(words))
        return f'<div{identity} class="{classes}">{shown}<pre><code>{code}</code></pre></div>'


def coloured(words: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The words of code; those that have a colour in an element that says so, neighbours of one colour in one."""
    for name, run in groupby(words, lambda word: word[0]):
        text = escape("".join(word for _, word in run), quote=False)
        yield text if name in COLOURLESS or not text else f"<i class={name}>{text}</i>"


@lru_cache(1000)
def _class(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    return STANDARD_TYPES[kind]


@lru_cache(50)
def _lexer(language: str, stripnl: bool) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=stripnl)
    except ValueError:  # Pygments knows no such language
        return None


class LightCode(Postprocessor):
    """Gives what others have set with Pygments' formatter the same elements."""

    def run(self, text: str) -> str:
        if '<span class="' not in text:
            return text
        text = EMPTY.sub(r"\1\2", PLAIN.sub(r"\1", text))
        while (joined := SAME.sub(r"\1", text)) != text:
            text = joined
        return CODE.sub(lambda code: TOKEN.sub(r"<i class=\1>\2</i>", code[0]), text)


class LightCodeExtension(HighlightExtension):
    """Options: those of `pymdownx.highlight`."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        return LightHighlight

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        super().extendMarkdown(md)
        # After the stashed HTML of the code blocks is back in place (30).
        md.postprocessors.register(LightCode(md), "book_light_code", 6)


def makeExtension(**options: Any) -> LightCodeExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return LightCodeExtension(**options)
