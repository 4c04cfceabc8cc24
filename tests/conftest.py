"""The built site and readers who visit it, for the tests that look at it; and the line that says so if none could."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import once
import pytest
from browsing import (
    BOOK,
    CHROMIUM_OPTIONS,
    NO_CHROMIUM,
    Visit,
    chromium_path,
    no_chromium,
    noise,
    serving,
    visiting,
)
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """All languages, built strictly, and why that failed, if it did; once, however many workers wait for it."""
    return _built_once(tmp_path_factory, "site")


@pytest.fixture(scope="session")
def site(built: tuple[Path, str]) -> Path:
    """The built site. Without one there is nothing to look at: `test_the_site_builds` says why, once."""
    target, fault = built
    if fault:
        pytest.skip("the site does not build: see test_the_site_builds")
    return target


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English book, built to be read from a folder."""
    target, fault = _built_once(tmp_path_factory, "offline", "--offline", "--language", "en")
    assert not fault, fault
    return target


def _built_once(tmp_path_factory: pytest.TempPathFactory, name: str, *options: str) -> tuple[Path, str]:
    """A site built by whichever worker asks first, and what was said, if it failed."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # what all workers of one run share
    target, said = folder / "book" / name, folder / f"{name}.said"
    with FileLock(folder / f"{name}.lock"):
        if not said.exists():
            said.write_text(_build(target, *options), "utf8")
    return target, said.read_text("utf8")


def _build(target: Path, *options: str) -> str:
    """Build a site as people do; what was said, if it failed."""
    command = [sys.executable, "-m", "dlbook.book.build", "--site-dir", str(target), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf8")
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if not path:
            no_chromium(NO_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(site) as address:
        yield address


@pytest.fixture
def reader(browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Visit as a fresh reader; whatever the test does there, the page must stay quiet."""

    @contextmanager
    def read(**options: Any) -> Iterator[Visit]:
        with visiting(browser, **options) as visit:
            yield visit
            assert noise(visit) == []

    return read


@pytest.fixture
def bad_page(browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Visit a page made for one test, with the book's own style and fonts beside it."""

    @contextmanager
    def show(body: str, head: str = "", language: str = "en", **options: Any) -> Iterator[Visit]:
        html = (
            f"<!doctype html><html lang={language}><meta charset=utf-8><title>t</title>{head}<article>{body}</article>"
        )
        with serving(BOOK.theme) as address, visiting(browser, **options) as visit:
            visit.context.route("**/page.html", lambda route: route.fulfill(body=html, content_type="text/html"))
            visit.page.goto(f"{address}/page.html")
            yield visit

    return show


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it once, clearly, if the site's tests were skipped."""
    reasons = {str(report.longrepr[-1]) for report in terminalreporter.getreports("skipped")}
    for reason in sorted(reason for reason in reasons if "no Chromium" in reason):
        terminalreporter.write_sep("!", "site tests skipped", yellow=True)
        terminalreporter.write_line(reason, yellow=True)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "looks_at(patterns): what the test looks at besides the files that it opens itself"
    )
    config.addinivalue_line("markers", "site: needs the built site; set by the fixtures that give it")
    config.pluginmanager.register(Once())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the built site or a browser, so that a machine without one can leave it out: -m "not site"."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if {"built", "browser"} & used:
            item.add_marker(pytest.mark.site)
        if "bad_page" in used:  # a page made in the test, with the book's style: no other is looked at
            item.add_marker(pytest.mark.looks_at("docs/theme/*.*", "docs/theme/fonts/*"))


SIGHT, PASSED, STANDS = pytest.StashKey[once.Sight](), pytest.StashKey[bool](), pytest.StashKey[bool]()


class Once:
    """Stands in for a test that has passed on these bytes, and remembers one that passes now."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[bool]:
        item.stash[STANDS] = isinstance(item, pytest.Function) and once.stands(item)
        if item.stash[STANDS]:
            item.fixturenames = []  # none is set up: no site is built, no browser started
            return (yield)
        item.stash[SIGHT] = once.Sight()
        with once.watching(item.stash[SIGHT]):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        return True if pyfuncitem.stash[STANDS] else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[pytest.TestReport]:
        """After a test has passed, and its fixtures have found nothing either, remember on what."""
        report = yield
        item.stash[PASSED] = report.passed and item.stash.get(PASSED, True)
        ran = isinstance(item, pytest.Function) and not item.stash[STANDS]
        if report.when == "teardown" and item.stash[PASSED] and ran:
            once.note(item, item.stash[SIGHT])
        return report
