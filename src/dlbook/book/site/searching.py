"""What the search of a built site reads: the theme's index, made small, and fetched when a reader searches.

The theme fetches its index with each first page. So what it finds there is an index of no pages, and the book's own worker
(`search.js`) fetches the entries beside it when it is first asked. Where pages are read from a folder nothing can be fetched:
there the index stays what it was.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

INDEX, ENTRIES = "search/search_index.json", "search/entries.json"
CODE = re.compile(r"<pre>(.*?)</pre>", re.S)
NAME = re.compile(r"[A-Za-z_][\w.]*\w")
APART = re.compile(r"</?(?:p|li|ul|ol|dl|dt|dd|div|h\d|table|tr|th|td|blockquote|br)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
CUT = "\u200b"  # where the theme's plugin cuts Chinese text


def add_questions(site: Path, questions: Mapping[str, str]) -> None:
    """Give the entries of pages what readers ask who mean them: from addresses to questions, a line for each."""
    index = site / INDEX
    if questions and index.exists():
        found = json.loads(index.read_text("utf8"))
        for entry in found["docs"]:
            entry |= {"asked": questions[entry["location"]]} if entry["location"] in questions else {}
        index.write_text(_json(found), "utf8")


def split_index(site: Path) -> list[Path]:
    """Put the entries of a site's index into a file of their own; returns what was written."""
    index, entries = site / INDEX, site / ENTRIES
    if not index.exists() or not (site / "search.js").exists():
        return []
    found = json.loads(index.read_text("utf8"))
    if found["docs"]:
        entries.write_text(_json([slim(entry) for entry in found["docs"]]), "utf8")
        index.write_text(_json({**found, "docs": []}), "utf8")
    return [index, entries]


def slim(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with its words and, of its code, each name once."""
    text = entry["text"].replace(CUT, "")
    names = " ".join(dict.fromkeys(NAME.findall(TAG.sub("", " ".join(CODE.findall(text))))))
    words = " ".join(TAG.sub("", APART.sub(" ", CODE.sub(" ", text))).split())
    return {**entry, "title": entry["title"].replace(CUT, ""), "text": words + (f"<pre>{names}</pre>" if names else "")}


def _json(what: Any) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))
