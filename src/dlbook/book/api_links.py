"""Markdown extension: a name of the package in the prose leads to its entry in the reference.

In `conv2d`, in `conv2d(x, weight)` and in `dlbook.convolution.Conv2d`, the code is a link, if the name is
the package's on that page: it is written in full, or it is a function that the page's own module
defines or a listing of the page imports. A lone `Conv2d` stays as it is: it may be torch's.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

NAME = re.compile(r"^(?:(?P<package>[A-Za-z_][\w.]*)\.)?(?P<name>[A-Za-z_]\w*)(?:\(.*\))?$", re.S)
IMPORT = re.compile(r"^from (?P<module>dlbook(?:\.\w+)*) import (?P<names>\((?:[^)]*)\)|[^\n(]+)", re.M)
ENTRY = re.compile(r"^::: (dlbook(?:\.\w+)*)$", re.M)
LEAVES_ALONE = {"a", "pre", "h1", "h2", "h3", "h4"}


def public_names(source: Path) -> dict[str, bool]:
    """Every public function and class below `source`, by its full name: whether it is a function."""
    return _public_names(source, max(file.stat().st_mtime for file in (source, *source.glob("*.py"))))


@lru_cache(1)
def _public_names(source: Path, changed: float) -> dict[str, bool]:
    found = {}
    for file in sorted(source.glob("*.py")):
        module = "dlbook" if file.stem == "__init__" else f"dlbook.{file.stem}"
        for statement in ast.parse(file.read_text("utf8")).body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and not statement.name.startswith("_"):
                found[f"{module}.{statement.name}"] = isinstance(statement, ast.FunctionDef)
    return found


class PageNames(Preprocessor):
    """Notes which names the listings of a page import."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.imported: dict[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        self.imported = dict(_imports("\n".join(line.lstrip() for line in lines)))
        return lines


def _imports(text: str) -> Iterator[tuple[str, str]]:
    for match in IMPORT.finditer(text):
        for name in re.findall(r"\w+", match["names"]):
            yield name, f"{match['module']}.{name}"


class ApiLinks(Treeprocessor):
    """Turns names into links, on the pages of a folder that has a reference."""

    def __init__(self, md: Markdown, names: PageNames, source: Path, reference: Path) -> None:
        super().__init__(md)
        self.names = names
        self.source = source
        self.reference = reference

    def run(self, root: ElementTree.Element) -> None:
        page = self._page()
        if page and not page.startswith("reference/"):
            self._walk(root, page)

    def _walk(self, element: ElementTree.Element, page: str) -> None:
        for child in element:
            if child.tag == "code":
                self._link(child, page)
            elif child.tag not in LEAVES_ALONE:
                self._walk(child, page)

    def _link(self, code: ElementTree.Element, page: str) -> None:
        written = NAME.match(code.text or "")
        full = written and self._full_name(written, Path(page).stem)
        if not full:
            return
        text, code.text, tail, code.tail = code.text, None, code.tail, None
        code.tag = "a"
        up = "../" * page.count("/")
        chapter = treated(self.reference)[full.rpartition(".")[0]]
        code.set("href", f"{up}reference/{chapter}.md#{full}")
        code.set("class", "api")
        ElementTree.SubElement(code, "code").text = text
        code.tail = tail

    def _full_name(self, written: re.Match[str], page: str) -> str | None:
        package, name = written["package"], written["name"]
        names = public_names(self.source)
        if package:
            full = f"{package}.{name}" if package.startswith("dlbook") else f"dlbook.{package}.{name}"
            return full if full in names else None
        own = [module for module, treats in treated(self.reference).items() if treats == page]
        candidates = [self.names.imported.get(name, ""), *(f"{module}.{name}" for module in own)]
        return next((full for full in candidates if names.get(full)), None)

    def _page(self) -> str:
        """The page, where MkDocs' own tree processor knows it."""
        processors = self.md.treeprocessors
        return processors["relpath"].file.src_uri if "relpath" in processors else ""  # type: ignore[attr-defined]


def treated(reference: Path) -> dict[str, str]:
    """Which page of the reference treats a module: {"bpe": "vocabulary"}."""
    return _treated(reference, max(file.stat().st_mtime for file in (reference, *reference.glob("*.md"))))


@lru_cache(2)
def _treated(reference: Path, changed: float) -> dict[str, str]:
    pages = sorted(reference.glob("*.md"))
    return {module: page.stem for page in pages for module in ENTRY.findall(page.read_text("utf8"))}


class ApiLinksExtension(Extension):
    """Options: `source`, the folder of the package; `reference`, the pages that treat its modules."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "source": ["src/dlbook", "the folder of the package"],
            "reference": ["docs/en/reference", "the pages that treat its modules"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        names = PageNames(md)
        # After the includes (32), before the fences are stashed (25).
        md.preprocessors.register(names, "dlbook_page_names", 27)
        # After the inline patterns (20), before MkDocs makes links of files (0).
        links = ApiLinks(md, names, Path(self.getConfig("source")), Path(self.getConfig("reference")))
        md.treeprocessors.register(links, "dlbook_api_links", 13)


def makeExtension(**options: Any) -> ApiLinksExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ApiLinksExtension(**options)
