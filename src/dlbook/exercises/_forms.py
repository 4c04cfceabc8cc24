"""The few forms that the properties of an answer have.

A check is a generator of properties. It says each in words of the chapter and
what was met instead, and where it can, which slip gives just that.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dlbook.exercises.findings import Property

if TYPE_CHECKING:
    import torch

ANSWER = "answer"  # the name under which numbers found by hand are given
Findings = Iterator[Property]
Slips = Mapping[str, Any]  # a fault in words: what it would give


def holds(law: str, ok: object, met: str = "") -> Property:
    """A property that is true or not; `met` is told if it is not."""
    return Property(law, bool(ok), "" if ok else met or "It does not.")


def close(
    law: str, got: Any, wanted: Any, slips: Slips | None = None,
    tol: float = 1e-4,
) -> Property:
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
        return Property(law, False, found)
    if found.shape != right.shape:
        met = f"Met shape {tuple(found.shape)}, expected {tuple(right.shape)}."
        return Property(law, False, met + _slip(found, slips, tol))
    if _same(found, right, tol):
        return Property(law, True)
    return Property(law, False, _met(found, right) + _slip(found, slips, tol))


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
) -> Property:
    """What must be equal, other than tensors: a text, a list, a set."""
    if got == wanted:
        return Property(law, True)
    fault = next((f for f, value in (slips or {}).items() if value == got), "")
    looks = f" It looks as if {fault}." if fault else ""
    return Property(law, False, f"Met {_short(got)}.{looks}")


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
            yield Property(
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
) -> Property:
    if alike(found, right, part):
        return Property(what, True)
    said = (why for slip, why in slips.items() if alike(found, slip, part))
    why = next(said, "")
    return Property(what, False, f"Met {_short(found)}. {why}".rstrip())


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
