"""Loads the book's pytest plugin, after jaxtyping has had its chance to watch imports of the teaching package."""

import os
from pathlib import Path

import hypothesis
from jaxtyping import install_import_hook

PACKAGE = Path(__file__).parent / "src" / "dlbook"
# Shapes are checked in every test run, in what readers use. The engine has none, and would only be slower.
install_import_hook(
    [f"dlbook.{path.stem}" for path in PACKAGE.iterdir() if path.stem not in ("book", "__pycache__")],
    "beartype.beartype",
)
pytest_plugins = ["dlbook.book.listings.pytest_plugin"]
collect_ignore = ["src/dlbook/book"]  # it has no examples in its docstrings, and takes seconds to import

# A busy machine is slow, not wrong: no example fails for its time.
hypothesis.settings.register_profile("book", deadline=None)
hypothesis.settings.load_profile("book")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: those that look at pages often wait for the browser."""
    return (os.cpu_count() or 1) + 1
