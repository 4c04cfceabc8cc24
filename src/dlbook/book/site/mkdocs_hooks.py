"""What MkDocs calls while it builds: adds the notebook of each chapter and the figures with words of the language, hands on the labs.

The work is in `notebooks` and `labs`. A page learns of its notebook from its metadata, and a lab is a page of Markdown
until mkdocs-jupyter is given its notebook, so that the book still builds, and looks the same, where no hooks are called.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from nbformat.v4 import writes_json

from dlbook.book import generated, labels, phrases, questions, reading
from dlbook.book.layout import CHECKS, LABS, REFERENCE, Book
from dlbook.book.site import home, labs, notebooks, searching, signatures

# A word that a reader looks for stands in a chapter first; the pages beside it repeat its terms.
OUTSIDE = ("index.md", "how_to_read.md", "notation.md", "notes_map.md", "checks.md")  # they name what the chapters teach
SEARCH = {CHECKS: {"exclude": True}, REFERENCE: {"boost": 0.1}, **{name: {"boost": 0.5} for name in OUTSIDE}}
KEEPS_SPACE = re.compile(r'(<(pre|script|style|textarea)\b.*?</\2>|\bdata-before="[^"]*")', re.S)
NOTES = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/)\n", re.M)  # a note that has lines of its own; whose a work is stands in `*.weights.mjs`
INDENTED = re.compile(r"[ \t]*\n[ \t\n]*")
GENERATOR = re.compile(r'<meta name="generator"[^>]*>')  # the page "Reuse and cite" names the programs
CONFIG = re.compile(r'(?P<start><script id="__config" type="application/json">)(?P<json>.*?)</script>', re.S)
# Where a block begins or ends, no space is seen.
BLOCKS = "article|aside|body|details|div|figure|footer|form|h[1-6]|head|header|html|li|link|main|meta|nav|ol|p|script|style|summary|table|tbody|td|th|thead|title|tr|ul"
BESIDE_A_BLOCK = re.compile(rf"(</?(?:{BLOCKS})\b[^>]*>)\n|\n(?=</?(?:{BLOCKS})\b)")


def on_startup(**_: Any) -> None:
    """Let the signatures of the reference be broken in this process."""
    signatures.use_them()


@event_priority(-50)  # after the theme's plugin for pages without a server
def on_config(config: Any, **_: Any) -> Any:
    """Where pages are read from a folder: name files, and take the search's help from the book and not from another host."""
    if not config.use_directory_urls:
        config.extra["homepage"] = "index.html"  # a folder has no page of its own
        config.extra["polyfills"] = ["offline.js"]
        # Material 9.8.1 ends its stream of pages on file:// where this is on, and with it the copy button and all of book.js.
        config.theme["features"] = [name for name in config.theme["features"] if name != "navigation.instant"]
    return config


@event_priority(-50)  # after mkdocs-jupyter, which would wrap a lab in a file that forgets where its notebook is
def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add a notebook for each page that has listings; hand mkdocs-jupyter those of the labs; draw figures with the language's words; send scripts without the notes of their source."""
    book, language = book_of(config)
    for page in notebooks.chapters(book, language):
        files.append(File.generated(config, offered(page), content=notebook_text(config, page)))
        file = files.get_file_from_path(page.as_posix())
        if file and page.parent.name == LABS and "mkdocs-jupyter" in config.plugins:
            file.abs_src_path = str(labs.write(book, language, page))
    for name, text in figure_files(book.theme / "widgets", language):
        if not config.use_directory_urls:
            name, text = in_folder(name, text)
        _put(files, config, f"widgets/{name}", text)
    for script in sorted(book.theme.glob("*.js")):
        _put(files, config, script.name, NOTES.sub("", script.read_text("utf8")))
    for figure, drawing in labels.others(book, language):
        _put(files, config, figure.relative_to(book.theme).as_posix(), drawing)
    return files


def _put(files: Files, config: Any, address: str, content: str) -> None:
    """Add a file, in the place of the one that the theme has at this address."""
    if (given := files.get_file_from_path(address)) is not None:
        files.remove(given)
    files.append(File.generated(config, address, content=content))


def figure_files(widgets: Path, language: str) -> Iterator[tuple[str, str]]:
    """The files of the interactive figures as readers get them: without the notes of their source, with words of one language."""
    for file in sorted(widgets.glob("*.mjs")):
        text = file.read_text("utf8")
        yield file.name, text if file.name.endswith(".weights.mjs") else NOTES.sub("", text)
    for file in sorted(widgets.glob("*.words.json")):
        words = {language: json.loads(file.read_text("utf8"))[language]}
        yield file.name, json.dumps(words, ensure_ascii=False, separators=(",", ":")) + "\n"


def in_folder(name: str, text: str) -> tuple[str, str]:
    """The same as a script that hands over its text: a page in a folder loads nothing else."""
    return f"{name}.js", f"dlText({json.dumps(name)}, {json.dumps(text)})\n"


def notebook_text(config: Any, page: Path) -> str:
    """The notebook of a page, as it is offered.

    Raises:
        mkdocs.exceptions.PluginError: the page cannot be made a notebook.
    """
    book, language = book_of(config)
    address = f"{config.site_url}{page.with_suffix('').as_posix()}/"
    try:
        made = notebooks.notebook(book, language, page, site_url=address, install=_install(config))
    except (notebooks.NotebookError, FileNotFoundError) as error:
        raise PluginError(str(error)) from error
    return writes_json(made) + "\n"


def on_pre_page(page: Any, **_: Any) -> Any:
    """Let a lab be rendered by mkdocs-jupyter in the book's way."""
    if str(page.file.abs_src_path).endswith(".ipynb"):
        page.render = labs.render(page, page.render)
    return page


def on_page_markdown(markdown: str, page: Any, files: Files, config: Any, **_: Any) -> str:
    """Tell a page where its notebook and its reference are, and the search how much it counts."""
    name = Path(page.file.src_uri)
    if name.parts[0] in SEARCH:
        page.meta.setdefault("search", SEARCH[name.parts[0]])
    for beside, file in (("notebook", offered(name)), ("reference", f"{REFERENCE}/{name.as_posix()}")):
        found = files.get_file_from_path(file)
        page.meta.update({beside: found.url} if found else {})
    page.meta["before"] = _read_before(page.meta.get("needs", []), files, config)
    page.meta["takes"] = _takes(name.with_suffix("").as_posix(), config)
    return markdown


def _takes(name: str, config: Any) -> str:
    """How long a chapter takes to read; nothing for another page."""
    book, language = book_of(config)
    if not generated.is_chapter(book, name):
        return ""
    return reading.duration(reading.minutes(book, name, language), phrases.of(language))


def _read_before(needs: list[str], files: Files, config: Any) -> list[dict[str, str]]:
    """The pages that a chapter needs, as its front matter names them: title in the nav, and address."""
    book, language = book_of(config)
    titles = {chapter.name: chapter.title for chapter in generated.chapters(book, language)} if needs else {}
    found = [(titles.get(name, name), files.get_file_from_path(f"{name}.md")) for name in needs]
    return [{"title": title, "url": file.url} for title, file in found if file]


def on_page_content(html: str, page: Any, config: Any, **_: Any) -> str:
    """Set the home page's lists of chapters as cards."""
    book, language = book_of(config)
    return home.decorated(html, book, language) if page.file.src_uri == "index.md" else html


def on_post_page(output: str, **_: Any) -> str:
    """Leave out the templates' indentation and lines, a fortieth of what a page weighs; say which Chinese it is."""
    output = output.replace('<html lang="zh"', '<html lang="zh-Hans"', 1)
    output = GENERATOR.sub("", CONFIG.sub(_in_letters, output, count=1))
    spaced = KEEPS_SPACE.split(output)  # (outside, element, its name)*, outside
    spaced[::3] = [_shorter(outside) for outside in spaced[::3]]
    del spaced[2::3]
    return "".join(spaced)


def _shorter(html: str) -> str:
    """What says the same in fewer letters: a drawing within a page needs no namespace."""
    return BESIDE_A_BLOCK.sub(r"\1", INDENTED.sub("\n", html)).replace(' xmlns="http://www.w3.org/2000/svg"', "")


def _in_letters(config: re.Match[str]) -> str:
    """The theme's words as they are, and not as numbers of their letters."""
    short = json.dumps(json.loads(config["json"]), ensure_ascii=False, separators=(",", ":"))
    return config["start"] + short.replace("<", "\\u003c") + "</script>"


@event_priority(-50)  # after the theme's search has written it, before it is copied for those who read from a folder
def on_post_build(config: Any, **_: Any) -> None:
    """Let the search's entries be fetched by who searches; from a folder, nothing can be fetched."""
    searching.add_questions(Path(config.site_dir), questions.by_address(*book_of(config)))
    if config.use_directory_urls:
        searching.split_index(Path(config.site_dir))


def offered(page: Path) -> str:
    """Where the notebook of a page stands on the site."""
    return f"notebooks/{page.with_suffix('.ipynb').as_posix()}"


def book_of(config: Any) -> tuple[Book, str]:
    """The book of a configuration, and its language."""
    return Book(Path(config.config_file_path).resolve().parent), Path(config.docs_dir).name


def _install(config: Any) -> str:
    """Where pip gets the package."""
    return f"git+{config.extra['repository']}" if config.extra.get("repository") else ""
