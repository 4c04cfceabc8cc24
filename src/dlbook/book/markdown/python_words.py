"""The coloured words of Python code, found by one expression: a book has five thousand lines of it, on every build.

The classes are those of Pygments, which takes ten times as long; a test holds every listing of the book to its judgement.
"""

import builtins
import keyword
import re
from collections.abc import Iterator

STRING = r"'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^\\'\n])*'|\"(?:\\.|[^\\\"\n])*\""
WORD = re.compile(
    rf"""
    (?P<comment>\#[^\n]*)
    | (?P<prefix>(?:[rR][bBfF]?|[bBfF][rR]?|[uU])?)(?P<string>{STRING})
    | (?P<number>(?<![\w.])(?:0[xX][\da-fA-F_]+ | 0[bB][01_]+ | (?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d[\d_]*)?[jJ]?))
    | (?P<decorator>(?:(?<=\n)|\A)[ \t]*@\w+)
    | (?P<imports>(?:(?<=\n)|\A)[ \t]*(?:from[ \t]+[\w.]+[ \t]+import|import[ \t]+[\w., \t]+)\b)
    | (?P<named>\b(?:def|class)\b[ \t]+\w+)
    | (?P<name>[^\W\d]\w*)
    """,
    re.X | re.S,
)
FIELD = re.compile(r"\{\{|\}\}|\{(?:[^{}]|\{[^{}]*\})*\}")  # of an f-string
HOW = re.compile(r"(?:![rsa])?:[^][()'\"]*\}$")
ESCAPE = re.compile(r"\\(?:[\\abfnrtv'\"\n]|N\{[^}]*\}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{1,3})")
CONSTANTS, OPERATORS = {"True", "False", "None"}, {"and", "or", "not", "in", "is"}
BUILTINS = {name for name in dir(builtins) if not name.startswith("_") and name not in CONSTANTS}
EXCEPTIONS = {name for name in BUILTINS if name[0].isupper()}  # and warnings
MAGIC = re.compile(r"__\w+__")

Word = tuple[str, str]  # class, "" for what has no colour; text


def python_words(code: str) -> Iterator[Word]:
    """Code cut into words, each with its class; together they are the code."""
    at = 0
    for match in WORD.finditer(code):
        yield "", code[at : match.start()]
        yield from _words(match, code)
        at = match.end()
    yield "", code[at:]


def _words(match: re.Match[str], code: str) -> Iterator[Word]:
    kind, text = match.lastgroup or "", match[0]
    if kind == "comment":
        yield "c1", text
    elif kind == "string":
        yield from _string(match, code)
    elif kind == "number":
        yield _number(text), text
    elif kind == "decorator":
        space = text[: len(text) - len(text.lstrip())]
        yield from (("", space), ("nd", text.lstrip()))
    elif kind == "imports":
        yield from _imports(text)
    elif kind == "named":
        word, space, name = re.split(r"([ \t]+)", text)
        own = "nc" if word == "class" else "fm" if MAGIC.fullmatch(name) else "nf"
        yield from (("k", word), ("", space), (own, name))
    else:
        yield _name(match, code), text


def _name(match: re.Match[str], code: str) -> str:
    text = match[0]
    if code[match.start() - 1 : match.start()] == "." and text not in keyword.kwlist:
        return "vm" if MAGIC.fullmatch(text) else ""
    if text in CONSTANTS:
        return "kc"
    if text in OPERATORS:
        return "ow"
    if keyword.iskeyword(text):
        return "k"
    if text in ("self", "cls"):
        return "bp"
    if text in EXCEPTIONS:
        return "ne"
    if text in BUILTINS:
        return "nb"
    return "vm" if MAGIC.fullmatch(text) else ""


def _number(text: str) -> str:
    if text[:2].lower() == "0x":
        return "mh"
    if text[:2].lower() == "0b":
        return "mb"
    return "mf" if re.search(r"[.eEjJ]", text) else "mi"


def _imports(text: str) -> Iterator[Word]:
    for part in re.split(r"(\b(?:from|import|as)\b|[ \t,]+)", text):
        if part in ("from", "import"):
            yield "kn", part
        elif part == "as":
            yield "k", part
        else:
            yield "" if not part.strip(" \t,") else "nn", part


def _string(match: re.Match[str], code: str) -> Iterator[Word]:
    prefix, text = match["prefix"], match["string"]
    triple = text[:3] in ('"""', "'''")
    alone = triple and re.search(r"(?:^|\n)[ \t]*\Z", code[: match.start()]) is not None  # a statement of its own
    own = "sd" if alone else "s2" if text[0] == '"' else "s1"
    yield "", prefix
    if "f" in prefix.lower():
        yield from _fields(text, own)
    elif "r" in prefix.lower() or alone:
        yield own, text
    else:
        yield from _escapes(text, own)


def _fields(text: str, own: str) -> Iterator[Word]:
    """The parts of an f-string: what stands in braces is code."""
    at = 0
    for field in FIELD.finditer(text):
        yield from _escapes(text[at : field.start()], own)
        inner = field[0]
        yield from [("se", inner)] if inner in ("{{", "}}") else _field(inner, own)
        at = field.end()
    yield from _escapes(text[at:], own)


def _field(text: str, own: str) -> Iterator[Word]:
    """A field of an f-string: an expression, then perhaps how it is to be written."""
    how = HOW.search(text)
    end = how.start() if how else len(text) - 1
    yield from python_words(text[:end])
    yield own, text[end:-1]
    yield "", text[-1]


def _escapes(text: str, own: str) -> Iterator[Word]:
    at = 0
    for escape in ESCAPE.finditer(text):
        yield own, text[at : escape.start()]
        yield "se", escape[0]
        at = escape.end()
    yield own, text[at:]
