r"""Markdown extension: formulas become MathML when the page is built. No script runs at the reader's.

`pymdownx.arithmatex` (with `generic: true`) finds `$…$` and `$$…$$`; `math-core` renders them. A
display formula that ends in `\label{lrn}` gets the id `eq-lrn`, a number, and a mark that leads to
its tests. `[](#eq-lrn)` becomes a link that says that number. What would render wrongly fails the build.
A formula within a line may break after its signs, as in print: browsers do not do that by themselves.
"""

import html
import re
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML

from dlbook.book.markdown.rendered import address_of

LABEL = re.compile(r"\\label\{([^}]*)\}")
REFERENCE = "#eq-"

# What math-core accepts and browsers show wrongly, or with no error: (pattern, what to write instead).
TRAPS = [
    (re.compile(r"\\\\\s*\["), r"a row that ends in \\[…] prints the bracket as text: end it with \\ alone"),
    (
        re.compile(r"\\[bB]igg?r?\s*(?:[)\]|/.]|\\[a-zA-Z]+|\\[|}])\s*[\^_]"),
        r"a script right after \bigr) sinks: write \left( … \right)",
    ),
    (re.compile(r"\\overline\b"), r"\overline is displaced: write \bar"),
    (re.compile(r"\\(tag|require|substack|colorbox|DeclareMathOperator)\b"), "this command is not supported"),
]


# Where a formula within a line may break: after these signs, outside brackets.
BREAK_AFTER = set("=≈≡≤≥<>∈→↦+−")
NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)[A-Za-z]\w*;")  # HTML's names, which XML does not know
ADJOINING_BEFORE, ADJOINING_AFTER = re.compile(r"[(（“《\[]+$"), re.compile(r"[)）”》\],，.。、;；:：!！?？]+")
PRIMES = set("′″‴")  # drawn raised and small already; as a script a browser raises and shrinks them once more
TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|[{}]", re.S)
OPENS, CLOSES = {"{", r"\left", r"\begin"}, {"}", r"\right", r"\end"}
BREAKABLE_FROM = 20  # characters of LaTeX; what is shorter fits into any line


class FormulaError(ValueError):
    """A formula cannot be shown; the message names page, formula and reason."""


class Formulas(Treeprocessor):
    """Renders what arithmatex found on one page, in order."""

    def __init__(self, md: Markdown, options: dict[str, Any]) -> None:
        super().__init__(md)
        self.options = options
        self.converter = LatexToMathML(macros=options["macros"], fancy_error=False)
        self.numbers: dict[str, int] = {}

    def run(self, root: ElementTree.Element) -> None:
        self.numbers = {}
        for parent in list(root.iter()):
            before = None
            for element in parent:
                if element.get("class") == "arithmatex":
                    self._render(element, *_adjoining(parent, before, element))
                before = element
        for link in root.iter("a"):
            target = link.get("href", "")
            if link.text or len(link) or not target:
                continue
            if not target.startswith(REFERENCE):
                raise self._error(f"[]({target})", "a link without words leads to a formula of the same page")
            link.text = f"({self._number(target.removeprefix(REFERENCE))})"

    def _render(self, element: ElementTree.Element, opening: str, closing: str) -> None:
        display = element.tag == "div"
        source = element.text or ""
        source = html.unescape(source) if display else source  # arithmatex escapes blocks only
        latex = source.strip()[2:-2].strip()  # without \( \) or \[ \]
        labels = LABEL.findall(latex)
        if len(labels) > display:
            raise self._error(latex, "a display formula has one label at most, a formula within a line none")
        source = LABEL.sub("", latex).strip()
        mathml = "".join(self._mathml(part, display) for part in (side_by_side(source) if display else [source]))
        element.set("class", "math")
        element.set("data-search-exclude", "yes")  # the search takes it away once it has read it
        if not display:
            parts = breakable(mathml) if len(latex) >= BREAKABLE_FROM else [mathml]
            element.text = self.md.htmlStash.store(_kept_together(parts, opening, closing))
            return
        element.text = None
        formula = ElementTree.SubElement(element, "div", {"class": "math-formula", "tabindex": "0"})
        formula.text = self.md.htmlStash.store(mathml)
        if labels:
            self._add_label(element, labels[0], latex)

    def _add_label(self, element: ElementTree.Element, label: str, latex: str) -> None:
        """Give a formula its id, its number, and the mark that leads to its tests."""
        if label in self.numbers:
            raise self._error(latex, f"label {label!r} stands on this page already")
        self.numbers[label] = len(self.numbers) + 1
        element.set("id", f"eq-{label}")
        # The end of the formula's own box ends for the theme's index what the outer one began: elements count by their names.
        side = ElementTree.SubElement(element, "div", {"class": "math-side", "data-search-exclude": "yes"})
        ElementTree.SubElement(side, "span", {"class": "math-number"}).text = f"({self.numbers[label]})"
        if self.options["tests"]:
            tests = self.options["tests"].format(page=self._known_page().removesuffix(".md"))
            link = {"class": "math-tested", "href": f"{self._to_root()}{tests}{REFERENCE}{label}"}
            ElementTree.SubElement(side, "a", {**link, "title": self.options["title"]}).text = self.options["mark"]

    def _mathml(self, latex: str, display: bool) -> str:
        for trap, advice in TRAPS:
            if trap.search(latex):
                raise self._error(latex, advice)
        try:
            return level_primes(self.converter.convert_with_local_state(latex, displaystyle=display))
        except LatexError as error:
            raise self._error(latex, str(error)) from None

    def _number(self, label: str) -> int:
        if label not in self.numbers:
            raise self._error(f"[]({REFERENCE}{label})", "no formula on this page has this label")
        return self.numbers[label]

    def _error(self, latex: str, reason: str) -> FormulaError:
        return FormulaError(f"{address_of(self.md) or 'formula'}: {reason}\n    {latex}")

    def _known_page(self) -> str:
        address = address_of(self.md)
        if not address:
            raise FormulaError("which page is rendered? MkDocs' tree processor `relpath` says so, and is not there")
        return address

    def _to_root(self) -> str:
        return "../" * address_of(self.md).count("/")


def side_by_side(latex: str) -> list[str]:
    r"""The formulas of a display that stand beside each other, with \qquad between them: a phone puts them below each other.

    >>> side_by_side(r"a = b, \qquad \begin{cases} 1 \qquad 2 \end{cases}")
    ['a = b,', '\\begin{cases} 1 \\qquad 2 \\end{cases}']
    """
    parts, depth, begin = [], 0, 0
    for token in TOKEN.finditer(latex):
        depth += token[0] in OPENS
        depth -= token[0] in CLOSES
        if token[0] == r"\qquad" and depth == 0:
            parts.append(latex[begin : token.start()])
            begin = token.end()
    return [part.strip() for part in (*parts, latex[begin:]) if part.strip()]


def _adjoining(
    parent: ElementTree.Element, before: ElementTree.Element | None, formula: ElementTree.Element
) -> tuple[str, str]:
    """Take the bracket before a formula within a line, and the punctuation behind it, out of the text around it."""
    if formula.tag != "span":
        return "", ""
    text = (parent.text if before is None else before.tail) or ""
    opening = ADJOINING_BEFORE.search(text)
    closing = ADJOINING_AFTER.match(formula.tail or "")
    if opening and before is None:
        parent.text = text[: opening.start()]
    elif opening and before is not None:
        before.tail = text[: opening.start()]
    if closing and formula.tail:
        formula.tail = formula.tail[closing.end() :]
    return opening[0] if opening else "", closing[0] if closing else ""


def _kept_together(parts: list[str], opening: str, closing: str) -> str:
    """The parts of a formula; where punctuation adjoins, no line may break: browsers would, beside any formula.

    Between parts a line may break, and `<wbr>` says so: Firefox would not know.
    """
    if len(parts) == 1 and (opening or closing):
        return f'<span class="math-kept">{opening}{parts[0]}{closing}</span>'
    first, *middle = [f'<span class="math-kept">{opening}{parts[0]}</span>' if opening else parts[0], *parts[1:]]
    if closing and middle:
        middle[-1] = f'<span class="math-kept">{middle[-1]}{closing}</span>'
    return "<wbr>".join([first, *middle])


def level_primes(mathml: str) -> str:
    """Set the prime of f′ beside its letter, not in the place of a script."""
    if not PRIMES & set(mathml):
        return mathml
    tree = _parsed(mathml)
    for element in list(tree.iter()):
        if element.tag in ("msup", "msubsup") and element[-1].text in PRIMES:
            prime = element[-1]
            prime.attrib |= {"lspace": "0", "rspace": "0"}
            if element.tag == "msubsup":
                letter = ElementTree.Element("msub")
                letter.extend(element[:2])
                element[:] = [letter, prime]
            element.tag = "mrow"
    return ElementTree.tostring(tree, encoding="unicode")


def _parsed(mathml: str) -> ElementTree.Element:
    return ElementTree.fromstring(NAMED.sub(lambda name: html.unescape(name[0]), mathml))


def breakable(mathml: str) -> list[str]:
    """Cut a formula into several after its signs, so that a line can end there."""
    parts: list[list[ElementTree.Element]] = [[]]
    depth = 0
    for child in _parsed(mathml):
        sign = child.text if child.tag == "mo" else None
        bracket = child[0].text if len(child) and child[0].tag == "mo" else sign  # with a script: )²
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(bracket or "", 0)
        inside = bool(parts[-1])
        parts[-1].append(child)
        if sign in BREAK_AFTER and inside and depth == 0:
            child.set("form", "infix")  # with room on both sides, though it stands last
            parts.append([])
    return [_math(part) for part in parts if part]


def _math(children: list[ElementTree.Element]) -> str:
    math = ElementTree.Element("math")
    math.extend(children)
    return ElementTree.tostring(math, encoding="unicode")


class FormulasExtension(Extension):
    """Options: `macros`, `tests` (the page that shows the tests of `{page}`), `mark` and `title` (of the link to it)."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "macros": [{}, "LaTeX macros"],
            "tests": ["", "the page with the tests of this page's formulas: checks/{page}.md"],
            "mark": ["✓", "the text of the link to it"],
            "title": ["This formula is tested", "the tooltip of that link"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # After the inline patterns (20), before the pretty-printer (10) and MkDocs' links (0).
        md.treeprocessors.register(Formulas(md, self.getConfigs()), "dlbook_formulas", 15)


def makeExtension(**options: Any) -> FormulasExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return FormulasExtension(**options)
