"""Sentences that compare: each stands on a verdict that the code prints, or says of which run it speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import GENERATED, Book
from dlbook.book.listings.includes import Include
from dlbook.book.markdown import pages, prose
from dlbook.book.markdown.pages import Element

# What trains, in the code of a listing.
TRAINS = re.compile(r"\.backward\(|\.step\(|\bfit(?:_many)?\(|\bcompare\(|\btrain\w*\(|\bdescen[dt]\w*\(|\bwalk\w*\(")
VERDICT = re.compile(r"^.+ (?:beats .+ in \d+ of \d+ seeds|and .+ cannot be told apart|is faster, and .+ ends as good)", re.M)
COMPARING = {
    "en": re.compile(
        r"\b(?:better|worse|best|worst|beats?|nobody wins|wins (?:on|at|by|in)|helps?|stuck|outperforms?|superior|inferior|hopeless|useless"
        r"|(?:does|do|did) not matter|(?:does|do|did) (?:as well|no harm)|needs? (?:far )?(?:more|fewer|longer|less))\b",
        re.I,
    ),
    "zh": re.compile("更好|更差|更强|最好|最差|不如|胜过|优于|好得多|差得多|一样好|有帮助|有好处|卡住|无关紧要|没有影响|没有用处"),
}
# Of which run a sentence speaks, or the words of a verdict.
LIMITED = {
    "en": re.compile(
        r"\b(?:here|in (?:this|these) runs?|after [\d,]+ (?:more )?(?:steps|epochs|updates)|of (?:5|five) seeds|in every seed"
        r"|cannot be told apart|in this experiment|on (?:this|these) (?:task|data|digits|text))\b",
        re.I,
    ),
    "zh": re.compile("这里|这一次|这次|这几次|步之后|步以后|步后|个种子|分不出高下|这个实验|这个任务|这份数据|这些数据"),
}


CITED = re.compile(r"\[[^\]]*\b(?:1[89]|20)\d\d\b[^\]]*\]|[?？]$")  # another's result, which the source answers for; or a question


@dataclass
class Section:
    """A part of a page, from one heading to the next: its listings' code, its outputs, its other elements."""

    code: str = ""
    outputs: str = ""
    elements: list[Element] = field(default_factory=list)

    @property
    def compares_without_a_verdict(self) -> bool:
        return bool(TRAINS.search(self.code)) and not VERDICT.search(self.outputs)


@check
def comparing_words_have_a_verdict(book: Book) -> Iterator[Problem]:
    """Near a listing that trains, a comparing word stands near a verdict or says of which run it speaks; or it is an exception."""
    excused, used = exceptions(book), set()
    for language in book.languages:
        for page in book.pages(language):
            if page.parts[0] in GENERATED or language not in COMPARING:
                continue
            path = book.docs / language / page
            for line, sentence, word in unfounded(book, path, language):
                reason = next((e for e in excused if e["page"] == page.stem and e["says"] in sentence), None)
                used.add(reason["says"] if reason else "")
                if reason is None:
                    yield at(book, path, line, f"{word!r} compares, near training, without a verdict or a limit: {sentence!r}")
    for entry in excused:
        if entry["says"] not in used:
            yield at(book, book.comparisons, 1, f"excuses {entry['says']!r} on page {entry['page']!r}, which does not need it")


def exceptions(book: Book) -> list[dict[str, Any]]:
    """The sentences that need no verdict: `page`, `says` (some of its words), `reason`."""
    file = book.comparisons
    return list(yaml.safe_load(file.read_text("utf8")) or []) if file.exists() else []


def unfounded(book: Book, path: Path, language: str) -> Iterator[tuple[int, str, str]]:
    """Each sentence that compares without a ground: its paragraph's line, the sentence, the word."""
    for section in sections(book, path):
        if not section.compares_without_a_verdict:
            continue
        for paragraph in prose.paragraphs_of(section.elements):
            for sentence in sentences(paragraph.text):
                word = COMPARING[language].search(sentence)
                if word and not LIMITED[language].search(sentence) and not CITED.search(sentence):
                    yield paragraph.line, sentence, word[0]


def sections(book: Book, path: Path) -> list[Section]:
    """The sections of a page."""
    found = [Section()]
    for element in pages.read(path):
        if element.kind == "heading":
            found.append(Section())
        elif element.kind == "fence":
            _add_code(book, found[-1], pages.fence(element))
        else:
            found[-1].elements.append(element)
    return found


def _add_code(book: Book, section: Section, fence: pages.Fence) -> None:
    for include in filter(None, fence.includes):
        text = _text(book, include)
        if fence.is_python and not include.is_source(book):
            section.code += text
        elif not fence.is_python:
            section.outputs += text


def sentences(text: str) -> Sequence[str]:
    """The sentences of a paragraph, without code, formulas and targets of links."""
    plain = re.sub(r"(?<=\])\([^)]*\)", "", pages.masked(text))
    return [part.strip() for part in re.split(r"(?<=[.!?;])(?<!\bal\.)\s+|(?<=[。！？；])|\n\s*(?=[-*\d|])", plain) if part.strip()]


def _text(book: Book, include: Include) -> str:
    """What it brings; a missing file or section has a check of its own."""
    try:
        return include.text(book)
    except FileNotFoundError:
        return ""
