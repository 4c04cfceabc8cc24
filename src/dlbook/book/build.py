"""Build both languages: `python -m dlbook.book.build [--site-dir site]`. Any warning is an error."""

import argparse
import logging
import os
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from dlbook.book.layout import LANGUAGES, Book

ROOT = Path(__file__).parents[3]


def set_addresses() -> None:
    """Derive the addresses of the Chinese site and of the edit links from those that are set."""
    site, repository = os.environ.get("DLBOOK_SITE_URL"), os.environ.get("DLBOOK_REPOSITORY")
    if site:
        os.environ.setdefault("DLBOOK_SITE_URL_ZH", f"{site.rstrip('/')}/zh/")
    if repository:
        for language, variable in (("en", "DLBOOK_EDIT_URI"), ("zh", "DLBOOK_EDIT_URI_ZH")):
            os.environ.setdefault(variable, f"{repository}/edit/main/docs/{language}/")


def build_language(book: Book, language: str, site_dir: Path, **settings: str) -> None:
    """Build one language into a folder of its own.

    Raises:
        mkdocs.exceptions.Abort: a warning or an error, told on standard error.
    """
    config = load_config(str(book.config(language)), site_dir=str(site_dir), strict=True, **settings)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()


def build(book: Book, site_dir: Path) -> None:
    """Build English into `site_dir` and Chinese below it, in `zh`."""
    set_addresses()
    for language in LANGUAGES:  # English first: MkDocs empties the folder that it builds into
        build_language(book, language, site_dir if language == "en" else site_dir / language)


def tell() -> None:
    """Show what MkDocs says, without jieba's remarks on its dictionary."""
    import jieba

    logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(message)s")
    jieba.setLogLevel(logging.WARNING)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=Path("site"))
    options = parser.parse_args()
    tell()
    build(Book(ROOT), options.site_dir.resolve())


if __name__ == "__main__":
    main()
