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
from browsing import BOOK, CHROMIUM_OPTIONS, NO_CHROMIUM, Visit, chromium_path, no_chromium, noise, serving, visiting
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages, built strictly; once, however many workers wait for it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # what all workers of one run share
    built = folder / "book" / "site"
    with FileLock(folder / "site.lock"):
        if not built.exists():
            _build(built)
    return built


def _build(target: Path) -> None:
    command = [sys.executable, "-m", "dlbook.book.build", "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf8")
    assert done.returncode == 0, f"the site does not build\n{done.stdout}{done.stderr}"


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
def address(site) -> Iterator[str]:
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
        with serving(BOOK.assets) as address, visiting(browser, **options) as visit:
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
        "markers", "not_twice: passes at once if it has passed on the same bytes (tests/support/once.py)"
    )
    config.pluginmanager.register(Once())


PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """After a test that is not run twice has passed, and its fixtures have found nothing either, remember on what."""
    report = yield
    item.stash[PASSED] = report.passed and item.stash.get(PASSED, True)
    if report.when == "teardown" and item.stash[PASSED] and once.is_meant(item):
        once.note(item.nodeid)
    return report


class Once:
    """Stands in for a test that has passed on these bytes."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        return True if once.is_meant(pyfuncitem) and once.passed(pyfuncitem.nodeid) else None
