"""One language, built by MkDocs and kept in memory, so that a page that was edited can be made again alone.

`mkdocs.commands.build` does the same work page by page, in functions that are not public; MkDocs 1 changes no more.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from dlbook.book import questions
from dlbook.book.layout import CHECKS, LABS, Book
from dlbook.book.site import labs, mkdocs_hooks, notebooks, searching


class Witness(BasePlugin):
    """Notes what MkDocs has made of all pages when it begins to write them."""

    def on_nav(self, nav: Any, **_: Any) -> Any:
        self.nav = nav
        return nav

    def on_env(self, env: Any, files: Any, **_: Any) -> Any:
        self.env, self.files = env, files
        return env


class _Heard(logging.Handler):
    """Collects what is warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


class LanguageSite:
    """The site of one language in a folder of its own."""

    def __init__(self, book: Book, language: str, folder: Path, **settings: Any) -> None:
        self.book = book
        self.language = language
        self.folder = folder
        self.settings = settings

    def build(self) -> None:
        """Build all of it.

        Raises:
            mkdocs.exceptions.Abort: a warning or an error, told on standard error.
        """
        config, witness = self._config(), Witness()
        config.plugins["dlbook/witness"] = witness
        mkdocs_build(config)
        config.plugins.on_shutdown()
        self.config, self.witness = config, witness  # of the last build that worked

    def _config(self) -> Any:
        file = str(self.book.config(self.language))
        config = load_config(file, site_dir=str(self.folder), strict=True, **self.settings)
        config.plugins.on_startup(command="build", dirty=False)
        return config

    def warnings(self, some: list[Path]) -> list[str]:
        """What is warned of when some pages are rendered; none is written.

        Args:
            some: pages, relative to the folder of their language.
        """
        heard = _Heard()
        logging.getLogger("mkdocs").addHandler(heard)
        try:
            config = self._config()
            config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            files = get_files(config)
            files.add_files_from_theme(config.theme.get_env(), config)
            files = config.plugins.on_files(files, config=config)
            set_exclusions(files, config)
            config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
            for name in map(Path.as_posix, some):
                if file := files.get_file_from_path(name):
                    file.page = file.page or Page(None, file, config)
                    _populate_page(file.page, config, files)
        except Exception as error:
            return [*heard.said, f"{self.language}: {error}"]
        finally:
            logging.getLogger("mkdocs").removeHandler(heard)
        return heard.said

    def rebuild(self, page: Path) -> list[Path]:
        """Make one page again, and what follows from it; returns the files that were written.

        Args:
            page: relative to the folder of its language. It was there when the site was built.

        Raises:
            mkdocs.exceptions.Abort: a warning or an error, told on standard error.
        """
        names = [name for name in (page.as_posix(), f"{CHECKS}/{page.as_posix()}") if self._file(name)]
        with warnings_stop_the_build():
            self._render_lab(page)
            for name in names:
                _populate_page(self._file(name).page, self.config, self.witness.files)
            for name in names:
                self._write(self._file(name).page)
            self._check_anchors()
            written = [Path(self._file(name).abs_dest_path) for name in names]
            return [*written, *self._notebook(page), *self._search_index()]

    def _file(self, name: str) -> Any:
        return self.witness.files.get_file_from_path(name)

    def _write(self, page: Any) -> None:
        index = self._search
        if index:  # what it had of this page is not what it will have
            own = (page.url, f"{page.url}#")
            index.entries = [e for e in index.entries if not (e["location"] == own[0] or e["location"].startswith(own[1]))]
        _build_page(page, self.config, self.witness.files.documentation_pages(), self.witness.nav, self.witness.env)

    def _check_anchors(self) -> None:
        """Those of all pages: a section that is gone is missed by others."""
        for file in self.witness.files.documentation_pages():
            file.page.validate_anchor_links(files=self.witness.files, log_level=self.config.validation.links.anchors)

    @property
    def _search(self) -> Any:
        plugins = (self.config.plugins.get(name) for name in ("material/search", "search"))
        plugin = next(filter(None, plugins), None)
        index = getattr(plugin, "search_index", None)
        return index if hasattr(index, "entries") else None  # the theme's own

    def _search_index(self) -> list[Path]:
        file = self.folder / "search/search_index.json"
        if not self._search or not file.exists():
            return []
        file.write_text(self._search.generate_search_index(None), "utf8")
        searching.add_questions(self.folder, questions.by_address(self.book, self.language))
        return searching.split_index(self.folder) or [file]

    def _render_lab(self, page: Path) -> None:
        file = self._file(page.as_posix())
        if page.parent.name == LABS and file.abs_src_path.endswith(".ipynb"):
            labs.write(self.book, self.language, page)

    def _notebook(self, page: Path) -> list[Path]:
        offered = self._file(mkdocs_hooks.offered(page))
        if not offered or page not in notebooks.chapters(self.book, self.language):
            return []
        target = Path(offered.abs_dest_path)
        target.write_text(mkdocs_hooks.notebook_text(self.config, page), "utf8")
        return [target]


@contextmanager
def warnings_stop_the_build() -> Iterator[None]:
    """What MkDocs does in strict mode around a whole build, around a part of one.

    Raises:
        mkdocs.exceptions.Abort: something was warned of meanwhile.
    """
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(counter)
    try:
        yield
    finally:
        logger.removeHandler(counter)
    if counts := counter.get_counts():
        raise Abort(f"Aborted with {', '.join(f'{n} {kind.lower()}s' for kind, n in counts)} in strict mode!")
