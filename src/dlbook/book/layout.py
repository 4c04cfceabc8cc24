"""Where things stand in a book, and what its author chose: the one place that knows the folders."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

LABS = "labs"  # the folder, among the pages of a language, of those that mkdocs-jupyter renders
REFERENCE, CHECKS = "reference", "checks"  # the folders of the pages that are generated beside each chapter
GENERATED = (REFERENCE, CHECKS)


class OptionError(ValueError):
    """`[tool.book]` in pyproject.toml holds something that is no option."""


@dataclass(frozen=True)
class Options:
    """What stands in `[tool.book]` of pyproject.toml; all of it may be left out.

    Attributes:
        languages: the folders below `docs`; the first one's pages are the root of the site.
        package: the package that the listings use, to which names in the prose lead; empty if there is none.
        docs: the folder with one folder of pages for each language.
        snippets: the folder of the listings and of what they printed.
        source: the folder that holds the package.
        tests: the folder of the tests, among them those of the formulas.
        theme: the folder that MkDocs calls `custom_dir`, with the figures in it.
        besides: the pages at the top that are no chapters.
        words_at_most: how many words a chapter may have, in the first language; without limit if 0.
    """

    languages: tuple[str, ...] = ("en",)
    package: str = ""
    docs: str = "docs"
    snippets: str = "snippets"
    source: str = "src"
    tests: str = "tests"
    theme: str = "docs/theme"
    besides: tuple[str, ...] = ("index", "how_to_read", "notes_map", "glossary", "checks")
    words_at_most: int = 0

    @classmethod
    def read(cls, file: Path) -> "Options":
        """Those of a pyproject.toml; without the file or the table, the defaults.

        Raises:
            OptionError: for a name or a value that is none.
        """
        text = file.read_text("utf8") if file.exists() else ""
        given = tomllib.loads(text).get("tool", {}).get("book", {})
        known = {field.name: field.default for field in fields(cls)}
        for name, value in given.items():
            if name not in known:
                raise OptionError(f"[tool.book] has no option {name!r}; it has {', '.join(known)}")
            cls._refuse(name, value, known[name])
        own: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}
        return cls(**own)

    @staticmethod
    def _refuse(name: str, value: Any, default: Any) -> None:
        if isinstance(default, str) and isinstance(value, str):
            return
        if isinstance(default, int) and isinstance(value, int) and value >= 0:
            return
        if isinstance(default, tuple) and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return
        expected = {str: "a text", int: "a whole number"}.get(type(default), "a list of at least one text")
        raise OptionError(f"[tool.book] {name} must be {expected}, got {value!r}")


@dataclass(frozen=True)
class Book:
    """A book's folders, all below `root`."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).resolve())

    @cached_property
    def options(self) -> Options:
        return Options.read(self.root / "pyproject.toml")

    @property
    def languages(self) -> tuple[str, ...]:
        return self.options.languages

    @property
    def first(self) -> str:
        """The language whose pages are the root of the site; the others stand below, each in a folder."""
        return self.languages[0]

    @property
    def docs(self) -> Path:
        return self.root / self.options.docs

    @property
    def snippets(self) -> Path:
        return self.root / self.options.snippets

    @property
    def source(self) -> Path:
        return self.root / self.options.source

    @property
    def package(self) -> Path:
        """The folder of the package that the listings use; `source` if it has no name."""
        return self.source / self.options.package

    @property
    def tests(self) -> Path:
        return self.root / self.options.tests

    @property
    def theme(self) -> Path:
        return self.root / self.options.theme

    @property
    def figures(self) -> Path:
        return self.theme / "figures"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / ".cache"

    @property
    def claims(self) -> Path:
        return self.docs / "claims.yml"

    @property
    def asked(self) -> Path:
        """What readers type who mean a term of the glossary."""
        return self.docs / "asked.yml"

    def questions(self, language: str) -> Path:
        """The folder of what readers ask in a language, a file for each page that answers best."""
        return self.docs / "questions" / language

    @property
    def comparisons(self) -> Path:
        """The sentences that compare and need no verdict, each with a reason."""
        return self.docs / "comparisons.yml"

    @property
    def captions(self) -> Path:
        """What the figures say, in a file for each folder of them; a book without it has no captions."""
        return self.docs / "captions"

    @property
    def labels(self) -> Path:
        """The words in the figures, for the languages in which they were not recorded; a book without it shows them as recorded."""
        return self.docs / "labels.yml"

    @property
    def works(self) -> Path:
        """The works of others that come with the book or are drawn in it."""
        return self.docs / "works.yml"

    @property
    def notation(self) -> Path:
        """The symbols of the book, each with its one meaning."""
        return self.docs / "notation.yml"

    @property
    def exercises(self) -> Path:
        """What of each exercise is checked."""
        return self.package / "exercises" / "exercises.toml"

    @property
    def addresses(self) -> Path:
        """Every address that the book has had."""
        return self.docs / "addresses.yml"

    @property
    def moved(self) -> Path:
        """Where the sections went that have left their page."""
        return self.docs / "moved.yml"

    def config(self, language: str) -> Path:
        """The MkDocs configuration of one language."""
        return self.root / ("mkdocs.yml" if language == self.first else f"mkdocs.{language}.yml")

    def site(self, folder: Path, language: str) -> Path:
        """Where the pages of a language stand in a built site."""
        return folder if language == self.first else folder / language

    def pages(self, language: str) -> list[Path]:
        """The pages of one language, relative to its folder, in alphabetical order."""
        folder = self.docs / language
        return sorted(path.relative_to(folder) for path in folder.rglob("*.md"))

    def all_pages(self) -> Iterator[Path]:
        """Every page of every language, as a full path."""
        for language in self.languages:
            yield from (self.docs / language / page for page in self.pages(language))

    def relative(self, path: Path) -> str:
        """A path as people name it: from the root, with forward slashes."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()


class NoBookError(Exception):
    """There is no book where one was looked for."""


def book_here(start: Path | None = None) -> Book:
    """The book in the working directory, or in a folder above it.

    Raises:
        NoBookError: none of them holds a mkdocs.yml.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return Book(folder)
    raise NoBookError(f"no book here: neither {here} nor a folder above it has a mkdocs.yml. Go to a checkout of the book.")
