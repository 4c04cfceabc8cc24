"""Serve both languages at one address, with live reload: `python -m dlbook.book.serve`.

Each language is built into a folder of its own, and copied to where it is served from only when the
build has worked: a page with a mistake is told of in the terminal, and the last good site stays.
"""

import argparse
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from dlbook.book.build import ROOT, build_language, tell
from dlbook.book.layout import LANGUAGES, Book

log = logging.getLogger("mkdocs.dlbook")


class Builder:
    """Builds what has changed since the last build."""

    def __init__(self, book: Book, folder: Path, address: str) -> None:
        self.book = book
        self.folder = folder
        self.address = address
        self.built: dict[str, float] = {}

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def watched(self, language: str) -> list[Path]:
        """What the pages of one language are made from."""
        shared = [self.book.snippets, self.book.source, self.book.assets, self.book.tests, self.book.config("en")]
        return [self.book.docs / language, self.book.config(language), *shared]

    def build(self) -> None:
        """Build each language that one of its files is newer than."""
        for language in LANGUAGES:
            newest = max(_times(self.watched(language)))
            if newest != self.built.get(language):
                self._build(language)
                self.built[language] = newest

    def rebuild(self) -> None:
        """Build after a change; a mistake on a page is told of, and the last good site stays."""
        try:
            self.build()
        except (Exception, SystemExit) as error:
            log.error("%s", error)
            log.error("Not rebuilt: the browser shows the last good pages.")

    def _build(self, language: str) -> None:
        below = "" if language == "en" else f"{language}/"
        staged = self.folder / language
        build_language(self.book, language, staged, site_url=f"{self.address}{below}")
        shutil.copytree(staged, self.site / below, dirs_exist_ok=True)


def _times(paths: list[Path]) -> Iterator[float]:
    """When each file was last changed; a folder counts too, so that a removed file is noticed."""
    for path in paths:
        yield path.stat().st_mtime
        yield from (file.stat().st_mtime for file in path.rglob("*") if "__pycache__" not in file.parts)


def serve(book: Book, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted.

    Raises:
        SystemExit: the address is taken, or the first build failed.
    """
    with tempfile.TemporaryDirectory(prefix="dlbook_") as folder:
        builder = Builder(book, Path(folder), f"http://{host}:{port}/")
        builder.build()
        server = LiveReloadServer(builder.rebuild, host=host, port=port, root=str(builder.site))
        for path in {path for language in LANGUAGES for path in builder.watched(language)}:
            server.watch(str(path))
        log.info("English: %s   中文：%szh/", builder.address, builder.address)
        try:
            server.serve()
        except OSError as error:
            raise SystemExit(f"cannot serve on {host}:{port}: {error.strerror}. Try --port.") from None
        except KeyboardInterrupt:
            server.shutdown()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    tell()
    serve(Book(ROOT), options.host, options.port)


if __name__ == "__main__":
    main()
