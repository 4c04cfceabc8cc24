"""The key-value cache: what a text that is being written need not do again.

With a causal mask no earlier key or value depends on a later word.
"""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from dlbook._checking import (
    ROWS,
    checked_floating,
    refuse_other_kind,
    refuse_unless_whole,
)
from dlbook.attention import causal_mask


class KeyValueCache:
    """Room for the keys and values of one layer, filled from the front.

    Args:
        longest: for how many words.
        heads: how many heads have keys and values of their own.
        d_k: numbers in a key, and in a value.
        texts: how many texts are written at once, in step.
        dtype: of the numbers.
        device: where they lie.
    """

    def __init__(
        self, longest: int, heads: int, d_k: int, *, texts: int = 1,
        dtype: torch.dtype | None = None,
        device: torch.device | str | None = None,
    ) -> None:
        refuse_unless_whole(1, longest=longest, heads=heads, d_k=d_k)
        refuse_unless_whole(1, texts=texts)
        shape = texts, heads, longest, d_k
        self.keys = torch.zeros(shape, dtype=dtype, device=device)
        checked_floating("the cache", self.keys)
        self.values = torch.zeros_like(self.keys)
        self.length = 0

    # --8<-- [start:append]
    def append(
        self, key: Float[Tensor, "n heads new d_k"],
        value: Float[Tensor, "n heads new d_k"],
    ) -> tuple[Tensor, Tensor]:
        """Write these behind the others; all so far, without a copy."""
        self._refuse_misfits(key=key, value=value)
        start, end = self.length, self.length + key.shape[-2]
        self.keys[..., start:end, :] = key
        self.values[..., start:end, :] = value
        self.length = end
        return self.keys[..., :end, :], self.values[..., :end, :]
    # --8<-- [end:append]

    @property
    def nbytes(self) -> int:
        """How much memory it takes, filled or not."""
        return 2 * self.keys.nbytes

    def _refuse_misfits(self, **new) -> None:
        texts, heads, longest, d_k = self.keys.shape
        for name, x in new.items():
            checked_floating(name, x, ROWS)
            fits = texts, heads, new["key"].shape[-2], d_k
            if tuple(x.shape) != fits:
                raise ValueError(
                    f"{name} must have the shape (texts, heads, new words,"
                    f" d_k), {fits}, got {tuple(x.shape)}"
                )
            if torch.is_grad_enabled() and x.requires_grad:
                raise ValueError(
                    f"{name} asks for a gradient, but the cache is for"
                    " writing: call the model under torch.no_grad()"
                )
        refuse_other_kind(cache=self.keys, **new)
        end = self.length + new["key"].shape[-2]
        if end > longest:
            raise ValueError(
                f"the cache has room for {longest} words, got {end}"
            )


# --8<-- [start:last_rows]
def last_rows(
    new: int, length: int, *, device: torch.device | str | None = None
) -> Bool[Tensor, "new length"]:
    """The last rows of a causal mask: `new` words behind the others.

    >>> last_rows(2, 5).int().tolist()
    [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    """
    _refuse_more_new_words(new, length)
    return causal_mask(length, device=device)[length - new :]
# --8<-- [end:last_rows]


# --8<-- [start:cache_bytes]
def cache_bytes(
    length: int, *, layers: int, heads: int, d_k: int,
    texts: int = 1, dtype: torch.dtype = torch.float32,
) -> int:
    """What keys and values of `heads` heads take, in all layers.

    >>> cache_bytes(1000, layers=12, heads=12, d_k=64)
    73728000
    """
    refuse_unless_whole(0, length=length, texts=texts)
    refuse_unless_whole(1, layers=layers, heads=heads, d_k=d_k)
    return 2 * layers * heads * d_k * length * texts * dtype.itemsize
# --8<-- [end:cache_bytes]


def _refuse_more_new_words(new, length) -> None:
    refuse_unless_whole(0, new=new, length=length)
    if new > length:
        raise ValueError(
            f"new words are among all words, got {new} new of {length}"
        )
