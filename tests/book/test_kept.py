"""What is kept holds as long as all that it was made from is what it was."""

import json

import pytest

from dlbook.book.kept import Kept, content_hash, digest
from dlbook.book.layout import Book


@pytest.fixture
def kept(tmp_path):
    return Kept(Book(tmp_path), "things")


@pytest.fixture
def file(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.txt").write_text("one", "utf8")
    return tmp_path / "src/a.txt"


def test_an_outcome_is_found_under_its_parts_and_no_others(kept):
    assert kept.get("a", "b") is None
    kept.put("a", "b", outcome={"x": [1, "é"]})
    assert kept.get("a", "b") == {"x": [1, "é"]}
    assert kept.get("a") is kept.get("b", "a") is kept.get("ab") is kept.get("a\0b\0") is None
    assert Kept(kept.book, "others").get("a", "b") is None


def test_it_holds_while_its_files_are_what_they_were(kept, file):
    kept.put("a", outcome=1, files=[file])
    assert kept.get("a") == 1
    file.write_text("two", "utf8")
    assert kept.get("a") is None
    file.write_text("one", "utf8")
    assert kept.get("a") == 1
    file.unlink()
    assert kept.get("a") is None


def test_a_file_far_away_counts_too(kept, tmp_path_factory):
    far = tmp_path_factory.mktemp("far") / "data.bin"
    far.write_bytes(b"\x00\x01")
    kept.put("a", outcome=1, files=[far])
    assert kept.get("a") == 1
    far.write_bytes(b"\x00\x02")
    assert kept.get("a") is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '"text"', "{}", '{"files": 1, "outcome": 2}', '{"files": {}}'])
def test_a_damaged_entry_is_none(kept, damage):
    kept.put("a", outcome=1)
    (entry,) = kept.folder.glob("*.json")
    entry.write_text(damage, "utf8")
    assert kept.get("a") is None


def test_an_entry_names_files_from_the_root_so_that_a_checkout_can_move(kept, file, tmp_path_factory):
    kept.put("a", outcome=1, files=[file])
    (entry,) = kept.folder.glob("*.json")
    assert list(json.loads(entry.read_text("utf8"))["files"]) == ["src/a.txt"]
    elsewhere = tmp_path_factory.mktemp("moved") / "book"
    kept.book.root.rename(elsewhere)
    assert Kept(Book(elsewhere), "things").get("a") == 1


def test_nothing_is_left_half_written(kept):
    kept.put("a", outcome=1)
    assert [path.suffix for path in kept.folder.iterdir()] == [".json"]


def test_a_hash_is_that_of_the_content_though_it_is_asked_twice(file):
    before = content_hash(file)
    assert content_hash(file) == before
    file.write_text("two", "utf8")
    assert content_hash(file) != before
    assert digest("a", "b") != digest("a\0b", "") != digest("a", "b", "")
