"""Where things stand in a book: the one place that knows the folders."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "zh")
LABS = "labs"  # the folder, among the pages of a language, of those that mkdocs-jupyter renders


@dataclass(frozen=True)
class Book:
    """A book's folders, all below `root`."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    @property
    def source(self) -> Path:
        return self.root / "src"

    @property
    def tests(self) -> Path:
        return self.root / "tests"

    @property
    def assets(self) -> Path:
        return self.docs / "assets"

    @property
    def figures(self) -> Path:
        return self.assets / "figures"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / ".cache"

    @property
    def claims(self) -> Path:
        return self.docs / "claims.yml"

    def config(self, language: str) -> Path:
        """The MkDocs configuration of one language."""
        return self.root / ("mkdocs.yml" if language == "en" else f"mkdocs.{language}.yml")

    def pages(self, language: str) -> list[Path]:
        """The pages of one language, relative to its folder, in alphabetical order."""
        folder = self.docs / language
        return sorted(path.relative_to(folder) for path in folder.rglob("*.md"))

    def all_pages(self) -> Iterator[Path]:
        """Every page of every language, as a full path."""
        for language in LANGUAGES:
            yield from (self.docs / language / page for page in self.pages(language))

    def relative(self, path: Path) -> str:
        """A path as people name it: from the root, with forward slashes."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()
