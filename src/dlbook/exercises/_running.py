"""Checks a file, in a process of its own: what a reader wrote may not end."""

import os
import subprocess
import sys
import tokenize
from pathlib import Path
from threading import Timer
from types import ModuleType
from typing import Any, NoReturn, TextIO

from dlbook.exercises.listed import Exercise, exercise

BAD_INPUT = 2
MORE = 120  # seconds in which torch has loaded on a slow machine


class AnswerError(ValueError):
    """A file cannot be checked; the message says why in one sentence."""


def check_file(asked: Exercise, file: Path, limit: float) -> int:
    """Check a file in another process, which tells; its exit status.

    It stops itself in time, unless the file lets no other thread run.

    Raises:
        AnswerError: it has not ended by far, or was killed.
    """
    command = [
        sys.executable, "-m", "dlbook.exercises._running", asked.chapter,
        str(asked.number), str(file), str(limit),
    ]
    try:
        status = subprocess.run(
            command, stdin=subprocess.DEVNULL, timeout=limit + MORE
        ).returncode
    except subprocess.TimeoutExpired:
        raise AnswerError(_endless(file, limit)) from None
    if status not in (0, 1, BAD_INPUT):
        raise AnswerError(f"the process of {file} ended with status {status}")
    return status


def _endless(file: Path, limit: float) -> str:
    return (
        f"{file} has not ended in {limit:g} seconds: is there a loop without"
        " an end? (--limit gives it more time)"
    )


def defined_in(file: Path, asked: Exercise) -> list[Any]:
    """What a file defines of what an exercise asks for.

    Raises:
        AnswerError: it cannot be read or run, or defines too little.
    """
    module = ModuleType("answer")
    module.__file__ = str(file)
    sys.modules["answer"] = module
    sys.path.insert(0, str(file.resolve().parent))
    _run(file, vars(module))
    missing = [name for name in asked.names if not hasattr(module, name)]
    if missing:
        raise AnswerError(
            f"{file} defines no {' and no '.join(missing)};"
            f" this exercise asks for {asked.define}"
        )
    return [getattr(module, name) for name in asked.names]


def _run(file: Path, space: dict[str, Any]) -> None:
    try:
        with tokenize.open(file) as lines:
            code = compile(lines.read(), str(file), "exec")
    except OSError as error:
        raise AnswerError(f"{file}: {error.strerror}") from None
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise AnswerError(f"{file}{where}: {error.msg}") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise AnswerError(f"{file} is no Python: {error}") from None
    try:
        exec(code, space)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise AnswerError(f"{file}{_at(error, file)}: {_said(error)}") from None


def _at(error: BaseException, file: Path) -> str:
    """The last line of a file that an error passed through."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}" if line else ""


def _said(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def main() -> None:
    """Check one file, and tell; exit status 0, 1, or 2 for bad input."""
    from dlbook.exercises.checking import check, check_of

    chapter, number, name, limit = sys.argv[1:]
    asked, file = exercise(chapter, int(number)), Path(name)
    check_of(asked)  # loads torch, which is not the reader's time
    late = _endless(file, float(limit))
    watch = Timer(float(limit), _leave, (late, sys.stderr, BAD_INPUT))
    watch.daemon = True
    watch.start()
    try:
        report = check(chapter, int(number), *defined_in(file, asked))
    except AnswerError as error:
        _leave(str(error), sys.stderr, BAD_INPUT)
    _leave(str(report), sys.stdout, int(not report.right))


def _leave(said: object, out: TextIO, status: int) -> NoReturn:
    """Say it and end at once, whatever else is still running."""
    print(f"dlbook: {said}" if out is sys.stderr else said, file=out)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
