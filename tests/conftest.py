"""The built site, for the tests that read it, and the line that says so if no browser could."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it once, clearly, if the site's tests were skipped."""
    reasons = {str(report.longrepr[-1]) for report in terminalreporter.getreports("skipped")}
    for reason in sorted(reason for reason in reasons if "no Chromium" in reason):
        terminalreporter.write_sep("!", "site tests skipped", yellow=True)
        terminalreporter.write_line(reason, yellow=True)
