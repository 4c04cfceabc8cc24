"""Runs the check of an exercise on what a reader wrote."""

import inspect
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from types import TracebackType
from typing import Any

from dlbook.exercises._done import mark
from dlbook.exercises._forms import Findings
from dlbook.exercises.findings import Property, Report
from dlbook.exercises.listed import Exercise, exercise


def check(chapter: str, number: int, *answers: Any) -> Report:
    """Hold what you wrote against the properties that it must have.

    Args:
        chapter: the page, as in its address: "convolution".
        number: of the exercise on that page.
        answers: what the exercise asks to define, in the order of its
            signature.

    Raises:
        ValueError: there is no such exercise, it has no check, or another
            number of answers is asked for.
    """
    asked = exercise(chapter, number)
    if len(answers) != len(asked.names):
        raise ValueError(
            f"{chapter} {number} asks for {asked.define}:"
            f" {len(asked.names)} to check, got {len(answers)}"
        )
    report = Report(asked, tuple(_findings(asked, answers)))
    if report.right:
        mark(asked)
    return report


def check_of(asked: Exercise) -> Callable[..., Findings]:
    """The check of an exercise."""
    module = import_module(f"dlbook.exercises._chapters.{asked.module}")
    return getattr(module, f"check_{asked.name}")


def changing(check: Callable[..., Findings]) -> Callable[..., Findings]:
    """Mark a check whose answers may change what they are given."""
    check.may_change = True  # type: ignore[attr-defined]
    return check


def _findings(asked: Exercise, answers: tuple[Any, ...]) -> Findings:
    import torch

    missing = [n for n, a in zip(asked.names, answers, strict=True) if _no(a)]
    if missing:
        met = "It is None: nothing is written yet."
        yield Property(f"{' and '.join(missing)} can be checked", False, met)
        return
    test = check_of(asked)
    watched = [
        Watched(name, answer) if _is_function(answer) else answer
        for name, answer in zip(asked.names, answers, strict=True)
    ]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield from _until_it_fails(test(*watched), answers)
    if not getattr(test, "may_change", False):
        yield from (each.kept() for each in watched if _ran(each))


def _no(answer: Any) -> bool:
    return answer is None or answer is ...


def _is_function(answer: Any) -> bool:
    return callable(answer) and not isinstance(answer, type)


def _ran(each: Any) -> bool:
    return isinstance(each, Watched) and each.calls > 0


def _until_it_fails(findings: Findings, answers: tuple[Any, ...]) -> Findings:
    """The findings; an error of the reader's code ends them."""
    try:
        yield from findings
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        where = _line(error.__traceback__, answers)
        text = " ".join(str(error).split()) or "no more is said"
        met = f"{type(error).__name__}{where}: {text}"
        yield Property("it runs to its end", False, met)


def _line(trace: TracebackType | None, answers: tuple[Any, ...]) -> str:
    """The line of the reader's own code in which an error arose."""
    own = {_file(answer) for answer in answers} - {""}
    lines = [f.lineno for f in traceback.extract_tb(trace) if f.filename in own]
    return f" in line {lines[-1]}" if lines else ""


def _file(answer: Any) -> str:
    try:
        return inspect.getfile(answer)
    except (TypeError, OSError):
        return ""


class Watched:
    """A function that is seen to leave its arguments as they are."""

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name, self.function = name, function
        self.calls, self.changed = 0, ""

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it, and compare its arguments before and after."""
        given = [*args, *named.values()]
        before = [list(_tensors(each)) for each in given]
        result = self.function(*args, **named)
        self.calls += 1
        for place, (then, now) in enumerate(zip(before, given, strict=True), 1):
            if not _alike(then, list(_tensors(now))):
                self.changed = self.changed or f"argument {place}"
        return result

    def kept(self) -> Property:
        """Whether it has left its arguments as they were."""
        law = f"{self.name} leaves its arguments as they are"
        met = f"It changes {self.changed} in place: work on a copy."
        return Property(law, not self.changed, met if self.changed else "")


def _tensors(value: Any) -> Iterator[Any]:
    """Copies of the tensors in an argument."""
    import torch

    if isinstance(value, torch.Tensor):
        yield value.detach().clone()
    elif isinstance(value, torch.nn.Module):
        yield from (t.detach().clone() for t in value.state_dict().values())
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _tensors(each)


def _alike(then: list[Any], now: list[Any]) -> bool:
    return len(then) == len(now) and all(map(_equal, then, now))


def _equal(a: Any, b: Any) -> bool:
    return a.shape == b.shape and bool(((a == b) | (a != a)).all())
