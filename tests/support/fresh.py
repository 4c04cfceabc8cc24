"""Fresh interpreters without the wait: a process that has imported torch forks one for each program.

`import torch` alone takes longer than most blocks of the book. The parent imports what blocks import
anyway, nothing of `dlbook`, and runs nothing itself; a child has no names, no state and no open figure.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import traceback
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRELOADED = ("torch", "matplotlib.pyplot", "sklearn.datasets", "PIL.Image")
CAN_FORK = hasattr(os, "fork") and sys.platform == "linux"


@dataclass(frozen=True)
class Seen:
    """What a program printed, and the last line of its error, if it ended with one."""

    printed: str
    error: str


def clean_environment() -> dict[str, str]:
    """That of a reader: nothing of pytest's, Python's or matplotlib's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "MPL"))}


def run_alone(code: str, folder: Path) -> Seen:
    """Run a program in an interpreter started for it."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=folder, env=clean_environment(), capture_output=True, text=True, encoding="utf8", timeout=300
    )
    return Seen(done.stdout, _last_line(done.stderr, done.returncode))


def _last_line(error: str, status: int) -> str:
    return (error.rstrip().splitlines() or [f"ended with status {status}"])[-1] if status else ""


class Nursery:
    """Hands out fresh interpreters, one at a time.

    Args:
        more: further modules that the parent imports, for programs that import them anyway.
        environment: that of the programs; a reader's, if it is not given.
    """

    def __init__(self, *more: str, environment: dict[str, str] | None = None) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, __file__, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**(environment or clean_environment()), "PYTHONUNBUFFERED": "1"},
            text=True,
            encoding="utf8",
        )

    def run(self, code: str, folder: Path) -> Seen:
        assert self.parent.stdin
        assert self.parent.stdout
        print(json.dumps([code, str(folder)]), file=self.parent.stdin, flush=True)
        return Seen(*json.loads(self.parent.stdout.readline()))

    def close(self) -> None:
        with self.parent as parent:
            assert parent.stdin
            parent.stdin.close()
            parent.wait(timeout=30)


def _serve() -> None:
    more = sys.argv[1:]
    for name in (*PRELOADED, *more):
        __import__(name)
    assert more or not any(name.startswith("dlbook") for name in sys.modules)
    gc.collect()
    gc.freeze()  # what is here stays: no child looks through it
    for line in sys.stdin:
        code, folder = json.loads(line)
        with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as failed:
            child = os.fork()
            if not child:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(printed.fileno(), 1)
                os.dup2(failed.fileno(), 2)
                os.chdir(folder)
                os._exit(_run(code))
            _, status = os.waitpid(child, 0)
            output, error = (_read(file) for file in (printed, failed))
        print(json.dumps([output, _last_line(error, status)]), flush=True)


def _run(code: str) -> int:
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    sys.argv, sys.path[0] = ["-c"], ""
    status = 0
    try:
        exec(compile(code, "<string>", "exec"), main.__dict__)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def _read(file: Any) -> str:
    file.seek(0)
    return file.read().decode("utf8")


if __name__ == "__main__":
    _serve()
