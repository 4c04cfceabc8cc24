"""What MkDocs calls while it builds: adds the notebook of each chapter to the site, and takes blank lines out of pages.

The work is in `notebooks`. A page learns of its notebook from its metadata, so that the book still
builds where no hooks are called.
"""

import functools
import re
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.structure.files import File, Files

from dlbook.book import notebooks
from dlbook.book.layout import Book

PREFORMATTED = re.compile(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", re.S)
BLANK = re.compile(r"\s*\n\s*")


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add a notebook for each page that has listings."""
    book, language = _book(config)
    for page in book.pages(language):
        if page.parent == Path() and page.stem != "index" and notebooks.has_listings(book, language, page):
            content = _notebook(book, language, page, str(config.site_url), _install(config), _stamp(book, page))
            files.append(File.generated(config, f"notebooks/{page.stem}.ipynb", content=content))
    return files


def on_page_markdown(markdown: str, page: Any, files: Files, **_: Any) -> str:
    """Tell a page where its notebook and its reference are."""
    name = Path(page.file.src_uri)
    if name.parent == Path():
        for beside, file in (("notebook", f"notebooks/{name.stem}.ipynb"), ("reference", f"reference/{name.name}")):
            found = files.get_file_from_path(file)
            page.meta.update({beside: found.url} if found else {})
    return markdown


def on_post_page(output: str, **_: Any) -> str:
    """Leave out the blank lines and indents of the theme's templates: a long page sends half a kilobyte less."""
    parts = PREFORMATTED.split(output)
    parts[::2] = [BLANK.sub("\n", part) for part in parts[::2]]
    return "".join(parts)


def _book(config: Any) -> tuple[Book, str]:
    docs = Path(config.docs_dir)
    return Book(docs.parents[1]), docs.name


def _install(config: Any) -> str:
    """The line that installs the package, where a fork has switched Colab on."""
    return f'%pip install -q "git+{config.extra["repository"]}"' if config.extra.get("colab") else ""


@functools.lru_cache(200)
def _notebook(book: Book, language: str, page: Path, site_url: str, install: str, stamp: float) -> str:
    """The notebook as text; made again only when something that it shows is newer."""
    address = f"{site_url}{page.stem}/"
    return nbformat.writes(notebooks.notebook(book, language, page, site_url=address, install=install)) + "\n"


def _stamp(book: Book, page: Path) -> float:
    shown = [book.snippets / page.stem, book.figures / page.stem, *book.docs.glob(f"*/{page.name}")]
    files = [path for folder in shown for path in (folder, *folder.rglob("*"))]
    return max(path.stat().st_mtime for path in (*files, *book.source.rglob("*.py")) if path.exists())
