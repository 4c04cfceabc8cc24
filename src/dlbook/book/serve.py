"""Serve all languages at one address, with live reload: `python -m dlbook.book.serve [--port 8000]`.

Each language is built into a folder of its own, and copied to where it is served from only when the build has worked: a
page with a mistake is told of in the terminal, and the last good site stays. An edited page is made again alone; a change
in anything that more pages are made from builds all of them.
"""

import argparse
import logging
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.observers import Observer

from dlbook.book import labels
from dlbook.book.build import tell
from dlbook.book.layout import CHECKS, Book, NoBookError, book_here
from dlbook.book.listings import edited
from dlbook.book.markdown import pages
from dlbook.book.site.building import LanguageSite

log = logging.getLogger("mkdocs.dlbook")
Times = dict[Path, int]


class Builder:
    """Builds what has changed since the last build."""

    def __init__(self, book: Book, folder: Path, address: str) -> None:
        self.book = book
        self.folder = folder
        self.address = address
        self.sites = {language: self._language(language) for language in book.languages}
        self.built: dict[str, Times] = {}
        edited.begin(book)

    @property
    def site(self) -> Path:
        """Where it is served from."""
        return self.folder / "site"

    def watched(self, language: str) -> list[Path]:
        """What the pages of one language are made from."""
        book = self.book
        shared = [book.snippets, book.source, book.theme, book.tests, book.config(book.first), book.root / "pyproject.toml"]
        own = [book.docs / language, book.captions, book.labels, book.docs / book.first, book.config(language)]
        return [path for path in dict.fromkeys([*own, *shared]) if path.exists()]

    def build(self) -> None:
        """Bring each language up to date."""
        for language in self.book.languages:
            now, before = _times(self.watched(language)), self.built.get(language)
            changed = {path for path in now.keys() | (before or {}).keys() if now.get(path) != (before or {}).get(path)}
            if before is None or changed:
                self._build(language, self._pages(language, changed) if before and changed <= now.keys() else None)
            self.built[language] = now

    def rebuild(self) -> None:
        """Build after a change; a mistake on a page is told of, and the last good site stays."""
        try:
            self.build()
        except (Exception, SystemExit) as error:
            log.error("%s", error)
            log.error("Not rebuilt: the browser shows the last good pages.")

    def _language(self, language: str) -> LanguageSite:
        below = "" if language == self.book.first else f"{language}/"
        return LanguageSite(self.book, language, self.folder / language, site_url=f"{self.address}{below}")

    def _pages(self, language: str, changed: set[Path]) -> list[Path] | None:
        """The pages to make again if no more than pages, listings and recordings have changed; else None, for all."""
        found: set[Path] = set()
        folder = self.book.docs / language
        known = [folder / page for page in self.book.pages(language)]
        for path in changed:
            if path in known and path in self.built[language]:
                found.add(path)
            elif language != self.book.first and path.is_relative_to(self.book.docs / self.book.first):  # its labels are those of all languages
                found |= {folder / CHECKS / path.name} & set(known)
            elif path.is_file() and path.is_relative_to(self.book.snippets):
                found |= {page for page in known if _shows(page, path.relative_to(self.book.snippets).as_posix())}
            elif path.is_file() and path.is_relative_to(self.book.figures):
                found |= {page for page in known if _shows(page, path.relative_to(self.book.theme).as_posix())}
                self._copy_figure(path)
            elif not path.is_dir():
                return None
        return sorted(page.relative_to(folder) for page in found)

    def _copy_figure(self, path: Path) -> None:
        for language, site in self.sites.items():
            target = path.relative_to(self.book.theme)
            for folder in (site.folder, self.book.site(self.site, language)):
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                (folder / target).write_text(labels.read(self.book, path, language), "utf8")

    def _build(self, language: str, some: list[Path] | None) -> None:
        site, target = self.sites[language], self.book.site(self.site, language)
        if some is None:
            site.build()
            shutil.copytree(site.folder, target, dirs_exist_ok=True)
            return
        for page in some:
            for file in site.rebuild(page):
                shutil.copyfile(file, target / file.relative_to(site.folder))
            log.info("made again: %s/%s", language, page.as_posix())


def _shows(page: Path, name: str) -> bool:
    """Whether a page includes a file or shows a figure."""
    return name.rpartition(".")[0] in pages.text_of(page)


def _times(paths: list[Path]) -> Times:
    """When each file was last changed."""
    return {file: file.stat().st_mtime_ns for path in paths for file in _files(path)}


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


class Server(LiveReloadServer):
    """MkDocs' own, told of changes by the system as they happen instead of asking twice a second."""

    def __init__(self, builder: Builder, host: str, port: int, *, poll: bool) -> None:
        super().__init__(builder.rebuild, host=host, port=port, root=str(builder.site))
        self.build_delay = 0.05
        if not poll:
            self.observer = Observer()  # type: ignore[assignment]
        missing = builder.site / "404.html"
        self.error_handler = lambda code: missing.read_bytes() if code == 404 and missing.exists() else None


def serve(book: Book, host: str = "127.0.0.1", port: int = 8000, *, poll: bool = False) -> None:
    """Serve until interrupted.

    Args:
        book: the book.
        host: the address to listen at.
        port: the port to listen at.
        poll: look for changes twice a second, for a file system that does not tell of them.

    Raises:
        SystemExit: the address is taken, or the first build failed.
    """
    _refuse_a_taken_address(host, port)
    with tempfile.TemporaryDirectory(prefix="dlbook_") as folder:
        builder = Builder(book, Path(folder).resolve(), f"http://{host}:{port}/")
        builder.build()
        server = Server(builder, host, port, poll=poll)
        for path in {path for language in book.languages for path in builder.watched(language)}:
            server.watch(str(path))
        for language in book.languages:
            log.info("%s: %s", language, builder.sites[language].settings["site_url"])
        try:
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()


def _refuse_a_taken_address(host: str, port: int) -> None:
    """Say so before the book is built for an address at which it cannot be served."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SystemExit(f"cannot serve on {host}:{port}: {error.strerror}. Try --port.") from None


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--poll", action="store_true", help="look for changes; for file systems that do not tell of them")
    options = parser.parse_args()
    tell()
    try:
        serve(book_here(), options.host, options.port, poll=options.poll)
    except NoBookError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
