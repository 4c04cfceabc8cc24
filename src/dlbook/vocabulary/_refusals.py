"""What tokenizers refuse, with a ValueError that names the values met."""

from collections.abc import Iterable
from typing import Any

from dlbook._checking import checked_whole


def checked_text(text: object) -> str:
    """The text, if it is one: no bytes, no list of texts."""
    if not isinstance(text, str):
        raise ValueError(f"text must be a str, got {type(text).__name__}")
    return text


def checked_tokens(tokens: object) -> list[str]:
    """The tokens as a list; a text is refused, for it would be cut anyhow."""
    if isinstance(tokens, str):
        raise ValueError(
            f"tokens must be a list: cut the text first, got {tokens[:20]!r}"
        )
    if not isinstance(tokens, Iterable):
        raise ValueError(f"tokens must be a list of texts, got {tokens!r}")
    found = list(tokens)
    for token in found:
        if not isinstance(token, str):
            raise ValueError(f"a token is a text, got {token!r}")
    return found


def checked_ids(ids: Any, size: int) -> list[int]:
    """The ids as a list, if they are one row of integers below `size`."""
    if isinstance(ids, Iterable) and not hasattr(ids, "shape"):
        ids = list(ids)
    shape = _shape(ids)
    if len(shape) != 1:
        met = f"{type(ids).__name__} of shape {shape}"
        raise ValueError(f"ids must be one row of integers, got {met}")
    numbers = ids.tolist() if hasattr(ids, "shape") else ids
    for number in set(numbers):
        if checked_whole("an id", number, 0) >= size:
            raise ValueError(f"ids go from 0 to {size - 1}, got {number}")
    return numbers


def _shape(ids: Any) -> tuple[int, ...]:
    """That of a tensor, or of lists in a list; a number has none."""
    if hasattr(ids, "shape"):
        return tuple(ids.shape)
    if not isinstance(ids, (list, tuple)):
        return ()
    rows = [each for each in ids if not isinstance(each, int)]
    return len(ids), *max(map(_shape, rows), key=len, default=())
