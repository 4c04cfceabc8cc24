"""The gradient of attention, by hand.

Back through the weighted sum, then through the softmax, whose Jacobian is
diag(a) - a a^T for a row a of weights, then through the scores.
"""

import math

from jaxtyping import Float
from torch import Tensor

from dlbook._checking import (
    refuse_other_kind,
    refuse_other_shape,
    widened,
)
from dlbook.attention._refusals import refuse_misfits
from dlbook.attention.heads import Mask, attention_weights


# --8<-- [start:softmax_gradient]
def softmax_gradient(
    grad_a: Float[Tensor, "*rows k"], a: Float[Tensor, "*rows k"]
) -> Float[Tensor, "*rows k"]:
    """dL/ds of a = softmax(s), row by row, from dL/da."""
    mean = (a * grad_a).sum(-1, keepdim=True)  # of grad_a, weighted by a
    return a * (grad_a - mean)
# --8<-- [end:softmax_gradient]


# --8<-- [start:attention_gradient]
def attention_gradient(
    grad_output: Float[Tensor, "*batch q d_v"],
    query: Float[Tensor, "*batch q d_k"],
    key: Float[Tensor, "*batch k d_k"],
    value: Float[Tensor, "*batch k d_v"],
    mask: Mask | None = None,
) -> tuple[
    Float[Tensor, "*batch q d_k"],
    Float[Tensor, "*batch k d_k"],
    Float[Tensor, "*batch k d_v"],
]:
    """dL/d of query, key and value of `attention`, from dL/d of its output.

    Unlike there, all must have the same leading axes (else ValueError).
    """
    refuse_misfits(mask, query=query, key=key, value=value)
    _refuse_other_gradients(grad_output, query, key, value)
    g, q, k, v = map(widened, (grad_output, query, key, value))
    a = attention_weights(q, k, mask)
    grad_s = softmax_gradient(g @ v.mT, a) / math.sqrt(q.shape[-1])
    grad_q, grad_k, grad_v = grad_s @ k, grad_s.mT @ q, a.mT @ g
    kind = query.dtype
    return grad_q.to(kind), grad_k.to(kind), grad_v.to(kind)
# --8<-- [end:attention_gradient]


def _refuse_other_gradients(grad_output, query, key, value) -> None:
    leading = query.shape[:-2]
    if not leading == key.shape[:-2] == value.shape[:-2]:
        found = (tuple(x.shape[:-2]) for x in (query, key, value))
        raise ValueError(
            "query, key and value must have the same leading axes, got"
            f" {', '.join(map(str, found))}"
        )
    expected = (*leading, query.shape[-2], value.shape[-1])
    refuse_other_shape("grad_output", grad_output, expected, "the output")
    refuse_other_kind(query=query, grad_output=grad_output)
