"""Build the book: `python -m dlbook.book.build [--site-dir site] [--language en] [--offline] [--zip FILE]`. Any warning is an error.

The languages are built side by side into a draft, which takes the place of the old site only when all of it is there.
"""

import argparse
import contextlib
import logging
import os
import shutil
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from dlbook.book.layout import Book, NoBookError, book_here

UNREAD = {".map", ".gz"}  # files of a site that nobody reads in a folder
OFFLINE = "DLBOOK_OFFLINE"  # set, the theme makes pages that are read from a folder: links to files, a search without a server


class BuildError(Exception):
    """The site of at least one language could not be built; the message says why."""


def build(book: Book, site_dir: Path, languages: tuple[str, ...] = (), *, offline: bool = False) -> None:
    """Build the first language into `site_dir` and each other below it, in a folder of its name.

    Args:
        book: the book.
        site_dir: is replaced, once all is built; if anything fails, it stays as it is.
        languages: which to build; all, if none is named.
        offline: build pages that can be read from a folder.

    Raises:
        BuildError: there was a warning or an error; it was told on standard error.
    """
    set_addresses(book)
    chosen = languages or book.languages
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{site_dir.name}.", dir=site_dir.parent) as folder:
        jobs = [(book.root, language, Path(folder) / language, offline) for language in chosen]
        faults = [fault for fault in _side_by_side(jobs) if fault]
        if faults:
            raise BuildError("; ".join(faults))
        draft = _together(book, Path(folder), chosen)
        _replace(site_dir, draft, Path(folder) / "old")


def _side_by_side(jobs: list[tuple[Path, str, Path, bool]]) -> list[str]:
    """Build each language in a process of its own; what went wrong in each, or nothing."""
    if len(jobs) == 1:
        return [_build_one(*jobs[0])]
    with ProcessPoolExecutor(len(jobs), get_context("spawn")) as pool:
        return list(pool.map(_build_one, *zip(*jobs, strict=True)))


def _build_one(root: Path, language: str, folder: Path, offline: bool) -> str:
    from dlbook.book.site.building import LanguageSite

    tell()
    os.environ[OFFLINE] = str(offline).lower()
    try:
        LanguageSite(Book(root), language, folder).build()
    except (Exception, SystemExit) as error:  # MkDocs ends with a SystemExit of its own
        return f"{language}: {error}"
    return ""


def _together(book: Book, folder: Path, languages: tuple[str, ...]) -> Path:
    """Move the sites of the other languages below that of the first."""
    draft = folder / "site"
    first = folder / book.first
    first.rename(draft) if first.exists() else draft.mkdir()
    for language in languages:
        if language != book.first:
            shutil.rmtree(draft / language, ignore_errors=True)
            (folder / language).rename(draft / language)
    return draft


def _replace(target: Path, draft: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    draft.rename(target)


def pack(site_dir: Path, target: Path) -> None:
    """Put a built site into one zip, in a folder of the zip's name; the same site gives the same bytes.

    Args:
        site_dir: the site.
        target: the zip; is replaced once the new one is whole.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(site_dir.rglob("*")):
            if file.is_file() and file.suffix not in UNREAD:
                name = f"{target.stem}/{file.relative_to(site_dir).as_posix()}"
                packed.writestr(zipfile.ZipInfo(name), file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    draft.replace(target)


def set_addresses(book: Book) -> None:
    """Derive the addresses of the other languages' sites and of the edit links from those that are set."""
    site, repository = os.environ.get("DLBOOK_SITE_URL"), os.environ.get("DLBOOK_REPOSITORY")
    for language in book.languages:
        suffix = "" if language == book.first else f"_{language.upper()}"
        if site and suffix:
            os.environ.setdefault(f"DLBOOK_SITE_URL{suffix}", f"{site.rstrip('/')}/{language}/")
        if repository:
            edit = f"{repository}/edit/main/{book.options.docs}/{language}/"
            os.environ.setdefault(f"DLBOOK_EDIT_URI{suffix}", edit)


def tell() -> None:
    """Show what MkDocs says, without jieba's remarks on its dictionary."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(message)s")
    with contextlib.suppress(ImportError):
        import jieba

        jieba.setLogLevel(logging.WARNING)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site-dir", type=Path, default=Path("site"))
    parser.add_argument("--language", action="append", default=[], help="build this one only (may be repeated)")
    parser.add_argument("--offline", action="store_true", help="pages that can be read from a folder, without a server")
    parser.add_argument("--zip", type=Path, help="put the site into this file as well")
    options = parser.parse_args()
    tell()
    try:
        book = book_here()
        unknown = set(options.language) - set(book.languages)
        if unknown:
            parser.error(f"--language {unknown.pop()}: this book has {', '.join(book.languages)}")
        build(book, options.site_dir.resolve(), tuple(options.language), offline=options.offline)
        if options.zip:
            pack(options.site_dir, options.zip)
    except (BuildError, NoBookError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
