"""A real browser, a server for the built site, and readers who visit it."""

import functools
import http.server
import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

from dlbook.book.layout import GENERATED, Book
from dlbook.book.markdown import pages
from dlbook.book.paper import chromium_here

BOOK = Book(Path(__file__).parents[2])
LANGUAGES = BOOK.languages
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf8")
DESKTOP, PHONE, NARROW = (1300, 900), (390, 844), (320, 640)
CHROMIUM_OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NO_CHROMIUM = (
    "no Chromium here, so the built site was NOT looked at in a browser. Install one "
    "(`apt install chromium`, or `.venv/bin/playwright install chromium`) or name yours in DLBOOK_CHROMIUM"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def path_of(language: str, page: str = "index") -> str:
    """Where a page stands on the site."""
    return ("/" if language == "en" else "/zh/") + ("" if page == "index" else f"{page}/")


def language_of(path: str) -> str:
    return "zh" if path.startswith("/zh/") else "en"


ALL_PAGES = [
    path_of(language, page.with_suffix("").as_posix()) for language in LANGUAGES for page in BOOK.pages(language)
]


def looks_at(path: str) -> list[str]:
    """What a page is made from: patterns below the root."""
    language, name = language_of(path), path.removeprefix("/zh").strip("/") or "index"
    page = BOOK.docs / language / f"{name}.md"
    included = {include.path for fence in pages.fences(page) for include in fence.includes if include}
    shown = {element.key for element in pages.read(page) if element.kind == "image"}
    own = [
        *(f"snippets/{file}" for file in included if not file.startswith("src/")),
        *(f"docs/theme/{file}" for file in shown),
    ]
    shared = ["docs/theme/*.*", "docs/theme/widgets/*", "docs/theme/partials/*", "docs/theme/fonts/*", "mkdocs*.yml"]
    code = ["src/dlbook/**/*.py", *(["tests/*.py"] if made_from_code(path) else [])]
    return [BOOK.relative(page), *own, *shared, *code]


def made_from_code(path: str) -> bool:
    """Whether a page lists tests or docstrings."""
    return bool(set(GENERATED) & set(path.split("/")[:-2]))


# Looking takes seconds a page. Those that list tests and docstrings are all made by two templates, so the browser opens the
# longest of each in each language; links, ids and weights of all of them are read below.
LISTS = [max((p for p in ALL_PAGES if kind in p), key=lambda p: (len(looks_at(p)), p)) for kind in GENERATED]
OPENED = [path for path in ALL_PAGES if not made_from_code(path)] + LISTS


# Browser, server, visit


def chromium_path(playwright: Playwright) -> str | None:
    """The browser: the one named, the system's, or Playwright's own."""
    own = playwright.chromium.executable_path
    return chromium_here() or (own if Path(own).exists() else None)


def no_chromium(reason: str) -> None:
    """Without a browser: skip at a contributor's, fail in CI."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, logs nothing, and knows the types that this machine may not."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

    def log_message(self, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        with suppress(ConnectionError):  # the browser has left before all of it came
            self._get()

    def _get(self) -> None:
        if self.path.endswith("sitemap.xml"):  # says the address that the site was built for: let it be this one
            text = Path(self.translate_path(self.path)).read_text("utf8")
            self.answer(text.replace("http://localhost:8000", f"http://{self.headers['Host']}"))
        else:
            super().do_GET()

    def answer(self, text: str) -> None:
        """Send a text that is not the file's."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


@contextmanager
def serving(folder: Path, handle: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder; gives its address, without a slash at the end."""
    handler = functools.partial(handle, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@dataclass
class Visit:
    """A page in the browser, and what it asked for and complained about."""

    page: Page
    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def noise(visit: Visit) -> list[str]:
    """Requests to other hosts, errors on the console, uncaught exceptions."""
    own = ("http://127.0.0.1:", "data:", "blob:", "file:")
    return visit.errors + [f"asked for {url}" for url in visit.requests if not url.startswith(own)]


@contextmanager
def visiting(browser: Browser, size: tuple[int, int] = DESKTOP, dark: bool = False, **options: Any) -> Iterator[Visit]:
    """A fresh reader, with an empty cache and no stored settings."""
    scheme = "dark" if dark else "light"
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    visit = Visit(context.new_page(), context)
    context.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("console", lambda message: message.type == "error" and visit.errors.append(message.text))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    try:
        yield visit
    finally:
        context.close()


FAR = """() => [...document.querySelectorAll('.md-content__inner > *, .md-content__inner > * > *')]
  .some(block => getComputedStyle(block).contentVisibility === 'auto')"""


def all_laid_out(page: Page) -> None:
    """Wait until what is far from the reader is laid out, too: until then heights are estimates."""
    page.wait_for_function(f"!({FAR})()")


PHONE_IS_SLOWER = 4  # by so much a processor of a phone; times are measured at full speed and multiplied, see `tasks`
REFERENCE = """<!doctype html><meta charset=utf-8><title>reference</title>
<style>p { margin: 1em } p:nth-child(3n) span { color: red } b + i { padding: 2px }</style><main></main><script>
for (let part = 0; part < 6; part++) setTimeout(() => {
  const box = document.createElement('div');
  box.innerHTML = ('<p>' + '<span>word <b>bold</b><i>it</i></span> '.repeat(6) + '</p>').repeat(120);
  document.querySelector('main').append(box);
  document.body.offsetHeight;
});
</script>"""
REFERENCE_TAKES = 75  # milliseconds of its tasks, where the limits were set: two slow cores with nothing else to do


def tasks(browser: Browser, page: Page, url: str) -> list[float]:
    """How long each task of the page's main thread takes, in milliseconds, while the page is loaded and set up.

    The browser can pretend to be slow, by interrupting its main thread. Where a system call takes long, as on a busy virtual
    machine, interrupting it makes it begin anew, and "four times slower" becomes thirty times. So nothing is interrupted here.
    """
    browser.start_tracing(page=page, categories=["toplevel"])
    page.goto(url)
    # In the page's own time; while it is traced, a page that has gone to sleep may never be called idle, hence the limit.
    page.evaluate("new Promise(done => setTimeout(() => requestIdleCallback(done, {timeout: 500}), 300))")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {
        (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    taken: dict[tuple[int, int], list[float]] = {main: [] for main in mains}
    for event in events:
        if (
            event["name"] == "ThreadControllerImpl::RunTask"
            and event.get("dur")
            and (event["pid"], event["tid"]) in mains
        ):
            taken[event["pid"], event["tid"]].append(event["dur"] / 1000)
    return max(taken.values(), key=sum)


def slowness(browser: Browser) -> float:
    """By how much this machine is slower now, busy with other things, than where the limits of time were set.

    Told by a page that stays the same: arithmetic alone does not feel what slows down memory and layout.
    """
    with visiting(browser, size=(412, 823)) as visit:
        visit.context.route("**/*", lambda route: route.fulfill(body=REFERENCE, content_type="text/html"))
        return max(1.0, sum(tasks(browser, visit.page, "http://127.0.0.1/")) / REFERENCE_TAKES)


def staged(route: Route, figure: str) -> None:
    """Answer with the page that was asked for, its text cut down to its title and one interactive figure."""
    answer = route.fetch()
    page = answer.text()
    start, end = page.index("<article"), page.index("</article>")
    title = re.search(r"<h1.*?</h1>", page[start:end], re.S)
    shown = re.search(rf'<figure class="widget {re.escape(figure)}".*?</figure>', page[start:end], re.S)
    assert title
    assert shown, f"no figure {figure} on {route.request.url}"
    opening = page[start : page.index(">", start) + 1]
    route.fulfill(response=answer, body=f"{page[:start]}{opening}{title[0]}{shown[0]}{page[end:]}")
