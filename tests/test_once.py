"""A test that has passed is run again when anything that it looked at changes, and always in CI."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import once
import pytest
from once import BOOK, Sight

from dlbook.book.kept import Kept
from dlbook.book.layout import Book


class Item:
    """What `once` asks of a test."""

    def __init__(self, path=Path(__file__), patterns=(), name="a test"):
        self.path, self.nodeid, self.patterns = path, name, patterns

    def iter_markers(self, name):
        return [pytest.mark.looks_at(*self.patterns).mark] if self.patterns else []


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    monkeypatch.setattr(once, "KEPT", Kept(Book(tmp_path), "tests"))
    monkeypatch.delenv("CI", raising=False)
    once.matching.cache_clear()


@pytest.fixture
def ours(request):
    """A file of the repository, for as long as the test takes."""
    file = BOOK.root / f"{request.node.name}.txt"
    file.write_text("1", "utf8")
    yield file
    file.unlink()


def test_it_is_kept_by_name():
    assert not once.stands(Item())
    once.note(Item(), Sight())
    assert once.stands(Item())
    assert not once.stands(Item(name="another test"))


def test_in_ci_nothing_is_taken_on_trust(monkeypatch):
    once.note(Item(), Sight())
    monkeypatch.setenv("CI", "true")
    assert not once.stands(Item())


def test_another_device_or_setting_is_another_test(monkeypatch):
    once.note(Item(), Sight())
    monkeypatch.setenv("DLBOOK_DEVICE", "cuda")
    assert not once.stands(Item())


def test_another_version_of_a_tool_is_another_test(monkeypatch):
    once.note(Item(), Sight())
    monkeypatch.setattr(once, "version", lambda tool: "0.1" if tool == "pytest" else importlib.metadata.version(tool))
    once.environment.cache_clear()
    assert not once.stands(Item())
    once.environment.cache_clear()


def test_a_file_that_the_test_opens_is_part_of_it(ours):
    sight = Sight()
    with once.watching(sight):
        ours.read_text("utf8")
    assert (sight.files, sight.further) == ({ours}, False)
    once.note(Item(), sight)
    assert once.stands(Item())
    ours.write_text("2", "utf8")
    assert not once.stands(Item())


def test_a_file_that_is_gone_is_missed(ours):
    sight = Sight(files={ours})
    once.note(Item(), sight)
    ours.rename(ours.with_suffix(".away"))
    assert not once.stands(Item())
    ours.with_suffix(".away").rename(ours)


@pytest.mark.parametrize(
    "look",
    [
        lambda: list(BOOK.root.iterdir()),
        lambda: os.listdir(BOOK.docs),
        lambda: list(BOOK.source.glob("*/layout.py")),
        lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    ],
    ids=["iterdir", "listdir", "glob", "process"],
)
def test_a_test_that_looks_further_is_kept_only_if_it_says_at_what(look):
    sight = Sight()
    with once.watching(sight):
        look()
    assert sight.further
    once.note(Item(), sight)
    assert not once.stands(Item())
    item = Item(patterns=["docs/theme/*.css"])
    once.note(item, sight)
    assert once.stands(item)


def test_what_is_not_of_the_repository_does_not_matter(tmp_path):
    (tmp_path / "a.txt").write_text("1", "utf8")
    sight = Sight()
    with once.watching(sight):
        assert [file.read_text("utf8") for file in tmp_path.iterdir() if file.is_file()] == ["1"]
    assert (sight.files, sight.further) == (set(), False)


def test_what_a_marker_names_is_part_of_it(ours):
    item = Item(patterns=[ours.name])
    once.note(item, Sight(further=True))
    assert once.stands(item)
    once.matching.cache_clear()
    ours.write_text("2", "utf8")
    assert not once.stands(item)


def test_the_code_behind_a_test_is_what_it_imports_directly_and_through_others():
    behind = {BOOK.relative(file) for file in once._code(BOOK.tests / "test_lrn.py")}
    assert {
        "src/dlbook/lrn.py",
        "src/dlbook/__init__.py",
        "tests/test_lrn.py",
        "tests/conftest.py",
        "conftest.py",
    } <= behind
    assert "src/dlbook/vocabulary/bpe.py" not in behind
    assert "src/dlbook/convolution/sizes.py" in {
        BOOK.relative(f) for f in once.behind(code="from dlbook.pooling import max_pool2d")
    }
    assert {"tests/book/conftest.py", "tests/support/small_book.py"} <= {
        BOOK.relative(file) for file in once._code(BOOK.tests / "book/test_checks.py")
    }
