"""What a check finds, and the few forms that findings have.

A check is a generator of findings, one for each property that an answer must
have. It says the property in words of the chapter and what was met instead,
and where it can, which slip gives just that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dlbook.exercises.listed import Exercise

if TYPE_CHECKING:
    import torch

ANSWER = "answer"  # the name under which numbers found by hand are given


class Finding(NamedTuple):
    """Whether one property holds.

    Attributes:
        law: the property, in words of the chapter.
        ok: whether it holds.
        met: what was met instead; empty if it holds.
    """

    law: str
    ok: bool
    met: str = ""


@dataclass(frozen=True)
class Report:
    """What was found out about an answer; shown as text."""

    exercise: Exercise
    findings: tuple[Finding, ...]

    @property
    def right(self) -> bool:
        """Whether every property holds."""
        return all(finding.ok for finding in self.findings)

    def __str__(self) -> str:
        asked, bad = self.exercise, sum(not f.ok for f in self.findings)
        head = f"{asked.chapter} {asked.number}, {asked.title}"
        many = len(self.findings)
        end = f"{bad} of {many} wrong" if bad else f"all {many} right"
        return "\n".join([head, *map(_told, self.findings), end])

    __repr__ = __str__


def _told(finding: Finding) -> str:
    if finding.ok:
        return f"  right  {finding.law}"
    return f"  WRONG  {finding.law}\n         {finding.met}"


Findings = Iterator[Finding]
Slips = Mapping[str, Any]  # a fault in words: what it would give


def holds(law: str, ok: object, met: str = "") -> Finding:
    """A property that is true or not; `met` is told if it is not."""
    return Finding(law, bool(ok), "" if ok else met or "It does not.")


def close(
    law: str, got: Any, wanted: Any, slips: Slips | None = None,
    tol: float = 1e-4,
) -> Finding:
    """Numbers that must agree, in shape and in value.

    Args:
        law: the property.
        got: what the reader's code gave.
        wanted: a tensor, a number, or a list of numbers.
        slips: what typical faults would give: the fault that gives just this
            is named.
        tol: the largest difference allowed, in parts of the largest number.
    """
    import torch

    right = torch.as_tensor(wanted).detach().double()
    found = _tensor(got)
    if isinstance(found, str):
        return Finding(law, False, found)
    if found.shape != right.shape:
        met = f"Met shape {tuple(found.shape)}, expected {tuple(right.shape)}."
        return Finding(law, False, met + _slip(found, slips, tol))
    if _same(found, right, tol):
        return Finding(law, True)
    return Finding(law, False, _met(found, right) + _slip(found, slips, tol))


def _tensor(got: Any) -> "torch.Tensor | str":
    """What was given as a tensor, or in words why it is none."""
    import torch

    if got is None or got is ...:
        return "It gives nothing (None): does it return what it computes?"
    try:
        if isinstance(got, list | tuple) and len(got):
            got = torch.stack([torch.as_tensor(each) for each in got])
        found = torch.as_tensor(got).detach()
        if found.is_complex():
            return "Met a complex number: take the part that is asked for."
        return found.double()
    except (TypeError, ValueError, RuntimeError):
        return f"Met {_short(got)}, expected numbers."


def _same(a: "torch.Tensor", b: "torch.Tensor", tol: float) -> bool:
    scale = max(1.0, float(b.abs().max())) if b.numel() else 1.0
    return a.shape == b.shape and a.allclose(b, rtol=0, atol=tol * scale)


def _met(found: "torch.Tensor", right: "torch.Tensor") -> str:
    """The number that is furthest off, and its place."""
    if found.isnan().any():
        return "Met nan, which is no number."
    if not found.ndim:
        return f"Met {found.item():.4g}."
    flat = int((found - right).abs().argmax())
    place: list[int] = []
    for side in reversed(found.shape):
        flat, at = divmod(flat, side)
        place.insert(0, at)
    return f"Met {found[tuple(place)].item():.4g} at {place}."


def _slip(found: "torch.Tensor", slips: Slips | None, tol: float) -> str:
    import torch

    for fault, gives in (slips or {}).items():
        if _same(found, torch.as_tensor(gives).detach().double(), tol):
            return f" It looks as if {fault}."
    return ""


def equals(
    law: str, got: Any, wanted: Any, slips: Slips | None = None
) -> Finding:
    """What must be equal, other than tensors: a text, a list, a set."""
    if got == wanted:
        return Finding(law, True)
    fault = next((f for f, value in (slips or {}).items() if value == got), "")
    looks = f" It looks as if {fault}." if fault else ""
    return Finding(law, False, f"Met {_short(got)}.{looks}")


def refuses(law: str, call: Callable[[], Any]) -> Finding:
    """What must raise an error."""
    try:
        got = call()
    except Exception:
        return Finding(law, True)
    return Finding(law, False, f"It gave {_short(got)}.")


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}…"


Asked = tuple[str, Any] | tuple[str, Any, dict[Any, str]]


def hand(*asked: Asked, part: float = 0.006) -> Callable[[Any], Findings]:
    """A check of numbers that were found by hand.

    Args:
        asked: for each number what it is, its value, and what is to be said
            of wrong values that are typical. A whole number must be met.
        part: by what part of itself another one may be off.
    """

    def check(answer: Any) -> Findings:
        given = _flat(answer)
        if len(given) != len(asked):
            many = f"{len(asked)} value{'s' * (len(asked) > 1)}"
            yield Finding(
                f"{ANSWER} holds {many}", False, f"Met {_short(answer)}."
            )
            return
        for found, (what, right, *slips) in zip(given, asked, strict=True):
            said = slips[0] if slips else {}
            yield _by_hand(what, found, right, said, part)

    check.asked = asked  # type: ignore[attr-defined]
    return check


def _flat(answer: Any) -> list[Any]:
    if isinstance(answer, dict):
        answer = answer.values()
    if hasattr(answer, "tolist"):
        answer = answer.tolist()
    if isinstance(answer, list | tuple | type({}.values())):
        return list(answer)
    return [] if answer is None or answer is ... else [answer]


def _by_hand(
    what: str, found: Any, right: Any, slips: dict, part: float
) -> Finding:
    if alike(found, right, part):
        return Finding(what, True)
    said = (why for slip, why in slips.items() if alike(found, slip, part))
    why = next(said, "")
    return Finding(what, False, f"Met {_short(found)}. {why}".rstrip())


def alike(found: Any, right: Any, part: float = 0.006) -> bool:
    """Whether a value found by hand is the right one."""
    if hasattr(found, "tolist"):
        found = found.tolist()
    if isinstance(right, bool) or not isinstance(right, int | float):
        if isinstance(right, tuple | list) and isinstance(found, tuple | list):
            return len(found) == len(right) and all(map(alike, found, right))
        return found == right
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    if isinstance(right, int):
        return found == right
    return abs(found - right) <= part * abs(right)
