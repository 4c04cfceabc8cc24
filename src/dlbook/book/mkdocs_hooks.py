"""What MkDocs calls while it builds: adds the notebook of each chapter to the site, and takes blank lines out of pages.

The work is in `notebooks` and `labs`. A page learns of its notebook from its metadata, and a lab is a page of Markdown
until mkdocs-jupyter is given its notebook, so that the book still builds, and looks the same, where no hooks are called.
"""

import functools
import re
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from dlbook.book import labs, notebooks
from dlbook.book.layout import LABS, Book

PREFORMATTED = re.compile(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", re.S)
BLANK = re.compile(r"\s*\n\s*")
# A word that a reader looks for stands in a chapter first; the pages beside it repeat its terms.
SEARCH = {"checks": {"exclude": True}, "reference": {"boost": 0.1}}


@event_priority(-50)  # after mkdocs-jupyter, which would wrap a lab in a file that forgets where its notebook is
def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add a notebook for each page that has listings; hand mkdocs-jupyter those of the labs."""
    book, language = _book(config)
    for page in notebooks.chapters(book, language):
        content = _notebook(book, language, page, str(config.site_url), _install(config), _stamp(book, page))
        files.append(File.generated(config, _offered(page), content=content))
        file = files.get_file_from_path(page.as_posix())
        if file and page.parent.name == LABS and "mkdocs-jupyter" in config.plugins:
            file.abs_src_path = str(labs.write(book, language, page))
    return files


def on_pre_page(page: Any, **_: Any) -> Any:
    """Let a lab be rendered by mkdocs-jupyter in the book's way."""
    if str(page.file.abs_src_path).endswith(".ipynb"):
        page.render = labs.render(page, page.render)
    return page


def on_page_markdown(markdown: str, page: Any, files: Files, **_: Any) -> str:
    """Tell a page where its notebook and its reference are, and the search how much it counts."""
    name = Path(page.file.src_uri)
    if name.parts[0] in SEARCH:
        page.meta.setdefault("search", SEARCH[name.parts[0]])
    for beside, file in (("notebook", _offered(name)), ("reference", f"reference/{name.as_posix()}")):
        found = files.get_file_from_path(file)
        page.meta.update({beside: found.url} if found else {})
    return markdown


def _offered(page: Path) -> str:
    """Where the notebook of a page stands on the site."""
    return f"notebooks/{page.with_suffix('.ipynb').as_posix()}"


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
    address = f"{site_url}{page.with_suffix('').as_posix()}/"
    return nbformat.writes(notebooks.notebook(book, language, page, site_url=address, install=install)) + "\n"


def _stamp(book: Book, page: Path) -> float:
    chapter = page.with_suffix("").parts[0]  # the labs share a folder
    shown = [book.snippets / chapter, book.figures / chapter, *book.docs.glob(f"*/{page.as_posix()}")]
    files = [path for folder in shown for path in (folder, *folder.rglob("*"))]
    return max(path.stat().st_mtime for path in (*files, *book.source.rglob("*.py")) if path.exists())
