"""The list of all exercises, read from `exercises.toml`."""

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("exercises.toml")
UNCHECKED = ("thought", "experiment")
DEFINED = re.compile(r"(?:class )?(?P<name>\w+)(?:\([^)]*\))?")


@dataclass(frozen=True)
class Exercise:
    """One exercise of the book.

    Attributes:
        chapter: the page that it stands on.
        number: the how manieth there, from 1.
        name: its own for ever, wherever it moves.
        title: what it is about, in a few words.
        define: what a file must define, as a signature: "blur(image)"; empty
            if nothing is checked.
        kind: "code" if it is checked, else "thought" or "experiment".
        module: the module of this package that holds its check.
        needs: a line of imports that what is defined asks for.
    """

    chapter: str
    number: int
    name: str
    title: str
    define: str
    kind: str
    module: str
    needs: str

    @property
    def names(self) -> list[str]:
        """The names that a file must define, in order."""
        return [found["name"] for found in DEFINED.finditer(self.define)]

    @property
    def key(self) -> str:
        """What it is known by, wherever it stands."""
        return f"{self.module}/{self.name}"


@cache
def all_exercises() -> dict[str, list[Exercise]]:
    """The exercises of each chapter, in the order of the book."""
    found = tomllib.loads(FILE.read_text("utf8"))
    return {
        chapter: [
            _exercise(chapter, number, entry)
            for number, entry in enumerate(entries, 1)
        ]
        for chapter, entries in found.items()
    }


def _exercise(chapter: str, number: int, entry: dict[str, str]) -> Exercise:
    return Exercise(
        chapter, number, entry["name"], entry["title"],
        entry.get("define", ""), entry.get("kind", "code"),
        entry.get("module", chapter), entry.get("needs", ""),
    )


def exercise(chapter: str, number: int) -> Exercise:
    """An exercise that has a check.

    Raises:
        ValueError: there is no such chapter or number, or nothing to check.
    """
    found = chapter_of(chapter)
    if isinstance(number, bool) or number not in range(1, len(found) + 1):
        raise ValueError(
            f"{chapter} has exercises 1 to {len(found)}, none has the number"
            f" {number}"
        )
    asked = found[number - 1]
    if asked.kind in UNCHECKED:
        a = "a thought" if asked.kind == "thought" else "an experiment"
        raise ValueError(
            f"exercise {number} of {chapter} asks for {a}: there is nothing"
            " to check, its solution stands on the page"
        )
    return asked


def chapter_of(name: str) -> list[Exercise]:
    """The exercises of a chapter.

    Raises:
        ValueError: there is none of this name.
    """
    known = all_exercises()
    if name in known:
        return known[name]
    near = get_close_matches(str(name), known, n=1)
    hint = f": did you mean {near[0]}?" if near else ""
    raise ValueError(
        f"no chapter {name!r} has exercises{hint or ', see: dlbook exercises'}"
    )
