"""What a page may hold: the forms that are refused, each with its line and what to write instead.

Every form here means something to the site and something else, or nothing, to what reads the page beside it: the
checks, the runner of listings, the notebook. `outline.py` finds what this list has forgotten.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from dlbook.book.listings.includes import separators
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import CODE, INLINE, Element, Fence
from dlbook.book.markdown.prose import Paragraph, paragraphs_of

Fault = tuple[int, str]  # line, what is wrong

LANGUAGES = {"python", "text", "console", "toml", "yaml", "json", "latex", "markdown", "html", "css", "javascript"}
SETEXT = re.compile(r"^[ \t>]*(?:=+|-+)[ \t]*$")
BRACKETS = re.compile(r"(?<!\\)\\[\[(]|^\s*\\begin\{")
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s")
FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
HTML_BLOCK = re.compile(
    r"^[ \t]*</?(?:details|summary|table|t[rdh]|pre|h[1-6]|script|style|img|figure|ul|ol|li)\b", re.I
)
INLINE_HTML = re.compile(r"<(?:img|script|style|iframe|code|pre|h[1-6])\b", re.I)
EMPTY_LINK = re.compile(r"(?<!!)\[\]\((?P<target>[^)]*)\)")
PRICE = re.compile(r"^\d[\d.,]*\s(?:.*\s)?[A-Za-z]{2,}(?:\s|$)", re.S)  # a number, then words without a command
BEHIND_A_MARKER = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:`{3,}|~{3,})[^`]*$")
OPTIONS = re.compile(r"^--8<-- ?$|^\s*-{1,}8<-{1,}")


def faults(path: Path) -> list[Fault]:
    """The places of a page that use a form outside of the grammar."""
    return sorted(faults_of(pages.text_of(path)))


def faults_of(text: str) -> Iterator[Fault]:
    """The faults of a page's text: (line, what is wrong and what to write)."""
    yield from separators(text)
    elements = list(pages.elements(text))
    for index, element in enumerate(elements):
        if element.kind == "fence":
            yield from _fence(element)
        elif element.kind == "equation":
            yield from _equation(element)
        else:
            for rule in LINE_RULES:
                yield from rule(element, elements[index - 1] if index else None)
    yield from _inline(elements)


def _fence(element: Element) -> Iterator[Fault]:
    fence = pages.fence(element)
    first, *_, last = element.text.split("\n")
    opening = pages.FENCE.match(first)
    assert opening
    if not pages.end_of(opening).match(last) or "\n" not in element.text:
        yield element.line, f"this fence never ends: close it with {opening['ticks']}"
        return
    yield from ((element.line, what) for what in _info(fence))


def _info(fence: Fence) -> Iterator[str]:
    words = re.sub(r'[\w-]+="[^"]*"', "", fence.info).strip()
    if fence.is_python and "python" not in fence.classes:
        yield f"the site sets {fence.info!r} as Python: write python, so that the block is run"
    elif not fence.classes & LANGUAGES:
        named = repr(fence.info) if fence.info else "nothing"
        yield f"a fence says what it holds, one of {', '.join(sorted(LANGUAGES))}; this one says {named}"
    elif ".continuation" in words:
        yield f"continuation has no dot, or pytest runs the block without the steps before it; found {fence.info!r}"
    elif words.startswith("{") and not re.fullmatch(r"\{\s*(?:(?:\.[\w-]+|continuation)\s*)+\}", words):
        yield f"words in braces begin with a dot, as in {{.python .raises}}; found {fence.info!r}"
    elif not words.startswith("{") and fence.info not in LANGUAGES:
        yield f"more than one word goes into braces, as in {{.python .raises}}; found {fence.info!r}"


def _equation(element: Element) -> Iterator[Fault]:
    if not element.text.rstrip().endswith("$$") or element.text.strip() == "$$":
        yield element.line, "this formula never ends: close it with $$ at the end of a line"
    if "\n\n" in element.text:
        yield element.line, "a formula holds no empty line: the site would show its signs as text"


def _heading_underlined(element: Element, before: Element | None) -> Iterator[Fault]:
    follows = before and before.kind == "prose" and before.line == element.line - 1
    if follows and SETEXT.match(element.text):
        yield element.line, "a heading is a line that begins with #, as in ## Title { #id }, not an underlined one"


def _brackets(element: Element, _: Element | None) -> Iterator[Fault]:
    if BRACKETS.search(pages.CODE.sub("", element.text)):
        yield element.line, r"a formula stands between $ … $ or between lines with $$; not \( … \), \[ … \] or \begin"


def _references(element: Element, _: Element | None) -> Iterator[Fault]:
    text = pages.masked(element.text)
    if REFERENCE.match(text):
        yield element.line, "the address of a link stands in the link, as in [text](page.md), not in a line of its own"
    elif FOOTNOTE.search(text):
        yield element.line, "there are no footnotes: say it in the text, or cite a source of the page's list"


def _html(element: Element, _: Element | None) -> Iterator[Fault]:
    text = pages.masked(element.text)
    if element.kind == "prose" and HTML_BLOCK.match(text):
        yield element.line, "a heading, table, list, figure or fold is written in Markdown, not in HTML"
    elif INLINE_HTML.search(text):
        yield element.line, "an image, code or a heading is written in Markdown, not in HTML"


def _title_unquoted(element: Element, _: Element | None) -> Iterator[Fault]:
    box = pages.BOX.match(element.text) if element.kind == "box" else None
    if box and set(box["more"].split()) - {"inline", "end"}:
        yield element.line, f'the title of a box stands in quotation marks: !!! {box["kind"]} "{box["more"].strip()}"'


def _fence_behind_a_marker(element: Element, _: Element | None) -> Iterator[Fault]:
    if element.kind == "prose" and BEHIND_A_MARKER.match(element.text):
        yield element.line, "a fence begins a line: write the words of the item first, then the fence four spaces in"


def _include_outside(element: Element, _: Element | None) -> Iterator[Fault]:
    if OPTIONS.match(element.text):
        yield element.line, "an include stands in a fence: outside of one nothing reads what it brings"


LINE_RULES: list[Callable[[Element, Element | None], Iterator[Fault]]] = [
    _heading_underlined,
    _brackets,
    _references,
    _html,
    _title_unquoted,
    _fence_behind_a_marker,
    _include_outside,
]


def _inline(elements: list[Element]) -> Iterator[Fault]:
    """Links and formulas within lines; a formula may run over the end of a line, so lines are read together."""
    for paragraph in paragraphs_of(elements):
        clean = CODE.sub(pages.blank, paragraph.text)

        def line(match: re.Match[str], paragraph: Paragraph = paragraph, clean: str = clean) -> int:
            return paragraph.line + clean[: match.start()].count("\n")

        for link in EMPTY_LINK.finditer(clean):
            if not link["target"].startswith("#eq-"):
                yield line(link), f"a link without words leads to a formula of this page, not to {link['target']!r}"
        for formula in INLINE.finditer(clean):
            if PRICE.search(formula["latex"]):
                yield line(formula), rf"${formula['latex']}$ is read as a formula: write \$ for the sign of a currency"
