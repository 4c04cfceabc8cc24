"""A test that is not run twice is run again when a byte of what it looks at changes, and always in CI."""

import once
import pytest


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    monkeypatch.setattr(once, "KEPT", tmp_path / "kept")
    monkeypatch.delenv("CI", raising=False)


def test_it_is_kept_by_name_and_state(monkeypatch):
    assert not once.passed("a test")
    once.note("a test")
    assert once.passed("a test")
    assert not once.passed("another test")
    monkeypatch.setattr(once, "state", lambda: "another state")
    assert not once.passed("a test")


def test_in_ci_nothing_is_taken_on_trust(monkeypatch):
    once.note("a test")
    monkeypatch.setenv("CI", "true")
    assert not once.passed("a test")


def test_each_byte_counts(tmp_path):
    file = tmp_path / "core.mjs"
    file.write_text("1", "utf8")
    before = once.digest([file], "torch==1")
    assert once.digest([file], "torch==1") == before != once.digest([file], "torch==2")
    file.write_text("2", "utf8")
    assert once.digest([file], "torch==1") != before


def test_the_state_covers_scripts_cores_and_tests():
    covered = {file.name for pattern in once.MADE_FROM for file in once.BOOK.root.glob(pattern)}
    assert {"descent.core.mjs", "figure.mjs", "words.json", "book.js", "book.css", "main.html", "mkdocs.yml"} <= covered
    assert {"test_widgets.py", "widget_cases.py", "browsing.py", "conftest.py"} <= covered
