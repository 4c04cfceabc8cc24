"""How each language is written: rules that a reader sees and an eye that has read the page ten times does not."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown import pages

HAN = r"\u4e00-\u9fff"
EMPHASIS = re.compile(r"(?<![*\w])\*(?!\*)([^*\n]+)\*(?!\*)")
QUESTION = re.compile(r"^\*[^*]+[?？]\*")
CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
BROKEN = re.compile(rf"[{HAN}，。；：、）”]$")
GOES_ON = re.compile(rf"^[{HAN}（“]")

# What is wrong in a language, and what to write instead.
WRONG = {
    "zh": [
        (re.compile(r"\d %"), "no space before % in Chinese: 75%"),
        (re.compile(r"\bet al\b"), "'et al.' is 等 in Chinese"),
        (re.compile(r"胜过[^。；]*，差 ?[$\d−]"), "who wins is ahead: 领先, since 差 reads as behind"),
        (re.compile(r"（开放题。）"), "as on the other pages: （开放题）"),
    ]
}

# Words that the book has another word for; the glossary's second table may name them.
OTHER = {
    "zh": {
        "批次大小": "批量大小",
        "就地": "原地",
        "打平": "并列",
        "热图": "热力图",
        "认错": "识别错",
        "耳语": "淹没",
        "激励函数": "激活函数",
        "变压器": "Transformer",
        "孪生网络": "缩小版",
        "不开放": "屏蔽",
    }
}


@check
def each_language_is_written_as_it_should_be(book: Book) -> Iterator[Problem]:
    """Percent signs, citations, emphasis, words of the book: by the rules of the language."""
    for language in book.languages:
        for path in (book.docs / language / page for page in book.pages(language)):
            for element in pages.read(path):
                if element.kind in ("prose", "row", "heading", "image"):
                    text = pages.masked(element.text)
                    yield from (at(book, path, element.line, fault) for fault in faults(language, path, text, element.text))


@check
def the_words_of_live_figures_are_written_so_too(book: Book) -> Iterator[Problem]:
    """What live figures say, by the same rules as the pages."""
    for path in sorted(book.theme.glob("widgets/*.words.json")):
        lines = path.read_text("utf8").split("\n")
        for language, words in json.loads("\n".join(lines)).items():
            for word in filter(lambda word: isinstance(word, str), words.values()):
                line = next((i for i, line in enumerate(lines, 1) if json.dumps(word, ensure_ascii=False) in line), 1)
                yield from (at(book, path, line, fault) for fault in faults(language, path, word, word))


def faults(language: str, path: Path, text: str, raw: str) -> Iterator[str]:
    """What is wrong with a text by the rules of its language; `text` is `raw` without code and formulas."""
    for pattern, advice in WRONG.get(language, []):
        if found := pattern.search(text):
            yield f"{found[0]!r}: {advice}"
    if path.stem != "glossary":
        others = OTHER.get(language, {}).items()
        yield from (f"{word!r}: the book says {own!r}" for word, own in others if re.search(f"(?<!也叫){word}", text))
    if QUESTION.match(raw):
        yield f"questions stand in one form: {'问：…<br>答：…' if language == 'zh' else 'Q: …<br>A: …'}"
    for code in filter(re.compile("[“”‘’]").search, [*CODE.findall(raw), *re.findall(r"\w=[“”‘’]", text)]):
        yield f"{code}: the quotes of code are straight"
    if language == "zh":
        for found in EMPHASIS.finditer(text):
            if re.search("[A-Za-z]", found[1]):
                yield f"{found[0]!r}: dots stand below Chinese signs only; put Latin words between “ and ”"


@check
def a_paragraph_of_chinese_is_one_line(book: Book) -> Iterator[Problem]:
    """A line break between two Chinese signs is shown as a space."""
    for path in (book.docs / language / page for language in book.languages for page in book.pages(language)):
        prose = (element for element in pages.read(path) if element.kind == "prose")
        lines = [(element.line + i, line) for element in prose for i, line in enumerate(element.text.split("\n"))]
        for (before, one), (line, other) in pairwise(lines):
            if line == before + 1 and BROKEN.search(one.rstrip()) and GOES_ON.match(other):
                yield at(book, path, line, "a line break in the middle of a Chinese paragraph is shown as a space")
