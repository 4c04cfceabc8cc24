"""`dlbook exercises` and `dlbook check`: neither waits for torch to load."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from dlbook.exercises._done import done
from dlbook.exercises._running import BAD_INPUT, check_file
from dlbook.exercises.listed import (
    Exercise,
    all_exercises,
    chapter_of,
    exercise,
)

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode=None, help="Exercises that answer.",
)
Chapter = Annotated[str, typer.Argument(help="a page: convolution")]


@app.command("exercises")
def list_exercises(
    chapter: Annotated[
        str | None, typer.Argument(help="a page; without it, all")
    ] = None,
) -> None:
    """List the exercises: what to define, and which are done."""
    known, finished = all_exercises(), done()
    chapters = {chapter: chapter_of(chapter)} if chapter else known
    for name, found in chapters.items():
        print(name)
        for each in found:
            print(_line(each, finished))
    print("check yours: dlbook check CHAPTER NUMBER FILE")


@app.command("check")
def check_answer(
    chapter: Chapter,
    number: Annotated[str, typer.Argument(help="of the exercise")],
    file: Annotated[Path, typer.Argument(help="yours: mine.py")],
    limit: Annotated[
        float, typer.Option(help="stop it after so many seconds")
    ] = 60,
) -> None:
    """Check your answer to an exercise. Status 1 if something is wrong."""
    if not number.isdecimal():
        chapter_of(chapter)
        raise ValueError(f"an exercise has a number, got {number!r}")
    asked = exercise(chapter, int(number))
    if not file.is_file():
        raise ValueError(f"there is no file {file}")
    raise typer.Exit(check_file(asked, file, limit))


def _line(asked: Exercise, finished: set[str]) -> str:
    state = "done" if asked.key in finished else ""
    what = f"define {asked.define}" if asked.define else f"({asked.kind})"
    return f"  {asked.number} {state:4} {asked.title:32} {what}"


def commands() -> Iterator[tuple[str, Callable[..., None]]]:
    """The two commands, for who mounts them beside others."""
    yield "exercises", list_exercises
    yield "check", check_answer


def main(arguments: list[str]) -> None:
    """Run one of the two; a fault is one sentence and exit status 2."""
    try:
        app(args=arguments, prog_name="dlbook")
    except (ValueError, OSError) as fault:
        print(f"dlbook: {' '.join(str(fault).split())}", file=sys.stderr)
        raise SystemExit(BAD_INPUT) from None
