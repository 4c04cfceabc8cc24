"""Checks a file, in a process of its own: what a reader wrote may not end."""

import subprocess
import sys
import tokenize
from pathlib import Path
from types import ModuleType
from typing import Any

from dlbook.exercises.listed import Exercise, exercise

BAD_INPUT = 2


class AnswerError(ValueError):
    """A file cannot be checked; the message says why in one sentence."""


def check_file(asked: Exercise, file: Path, limit: float) -> int:
    """Check a file in another process, which tells; its exit status.

    Raises:
        AnswerError: it has not ended in so many seconds, or was killed.
    """
    command = [
        sys.executable, "-m", "dlbook.exercises._running", asked.chapter,
        str(asked.number), str(file),
    ]
    try:
        status = subprocess.run(
            command, stdin=subprocess.DEVNULL, timeout=limit
        ).returncode
    except subprocess.TimeoutExpired:
        raise AnswerError(
            f"{file} has not ended in {limit:g} seconds: is there a loop"
            " without an end? (--limit gives it more time)"
        ) from None
    if status not in (0, 1, BAD_INPUT):
        raise AnswerError(f"the process of {file} ended with status {status}")
    return status


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
    from dlbook.exercises.checking import check

    chapter, number, name = sys.argv[1:]
    asked = exercise(chapter, int(number))
    try:
        answers = defined_in(Path(name), asked)
    except AnswerError as error:
        print(f"dlbook: {error}", file=sys.stderr)
        raise SystemExit(BAD_INPUT) from None
    report = check(chapter, int(number), *answers)
    print(report)
    raise SystemExit(not report.right)


if __name__ == "__main__":
    main()
