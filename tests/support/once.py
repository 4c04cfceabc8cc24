"""Tests marked `not_twice` pass at once if they have passed before on the same bytes. In CI they look again."""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from browsing import BOOK, chromium_here

from dlbook.book.cache import environment, package_digest

KEPT = BOOK.root / ".cache" / "once"
MADE_FROM = [
    "docs/assets/widgets/*",
    "docs/assets/book.*",
    "docs/assets/*.html",
    "docs/assets/fonts/*",
    "docs/assets/partials/*",
    "mkdocs*.yml",
    "pyproject.toml",
    "src/dlbook/book/*.*",
    "tests/*.py",
    "tests/book/*.py",
    "tests/support/*.py",
]


@cache
def state() -> str:
    """A digest of scripts, style, package, engine, tests, versions and browser: of all but pages, listings and recordings."""
    files = [file for pattern in MADE_FROM for file in sorted(BOOK.root.glob(pattern))]
    browser = chromium_here()
    built = str(Path(browser).resolve().stat().st_mtime_ns) if browser else "playwright's own"
    return digest(files, *environment(), package_digest(BOOK), version("playwright"), version("pytest"), built)


def digest(files: Iterable[Path], *words: str) -> str:
    contents = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(contents + "\0".join(words).encode()).hexdigest()


def is_meant(test: pytest.Item) -> bool:
    """`not_twice` holds for a module; a test of it that looks at more says `not_twice(False)`."""
    marker = test.get_closest_marker("not_twice")
    return marker is not None and marker.args != (False,)


def record(test: str) -> Path:
    """The file that says that a test has passed on the present state."""
    return KEPT / hashlib.sha256(f"{test} {state()}".encode()).hexdigest()[:32]


def passed(test: str) -> bool:
    return "CI" not in os.environ and record(test).exists()


def note(test: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    record(test).touch()
