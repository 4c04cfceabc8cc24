"""Layers for many networks at once: each network its own weights and inputs.

`torch.func.vmap` turns a network into a stack of networks. It does so
operation by operation, and some of its ways are slow on a CPU: a convolution
becomes one with groups. Here the few that matter are written for a stack, with
the number k of the networks as the first axis. The examples stand last in
memory: all that is done to one pixel is then done to neighbours.
"""

from collections.abc import Callable
from typing import Any

import torch
from jaxtyping import Float, Int, Integer
from torch import Tensor
from torch.nn import functional

from dlbook._checking import checked_pairs
from dlbook.convolution.sizes import output_size

FEW = 32  # below so many classes the examples are the longer axis


# --8<-- [start:linear]
def linear(
    x: Float[Tensor, "k *n i"], weight: Float[Tensor, "k o i"],
    bias: Float[Tensor, "k o"] | None = None,
) -> Float[Tensor, "k *n o"]:
    """One product of matrices for each network."""
    if x.ndim != 3:  # rows of rows, as words of sentences
        rows = x.reshape(len(x), -1, x.shape[-1])
        z = torch.bmm(rows, weight.mT)
        z = z if bias is None else z + bias[:, None]
        return z.reshape(*x.shape[:-1], z.shape[-1])
    if bias is None:
        return torch.bmm(weight, x.mT).mT
    return torch.baddbmm(bias[:, :, None], weight, x.mT).mT
# --8<-- [end:linear]


# --8<-- [start:conv2d]
def conv2d(
    x: Float[Tensor, "k n c_in h w"],
    weight: Float[Tensor, "k c_out c_in kh kw"],
    bias: Float[Tensor, "k c_out"] | None = None,
    stride: Any = 1, padding: Any = 0, dilation: Any = 1,
) -> Float[Tensor, "k n c_out h_out w_out"]:
    """Windows side by side, then one product of matrices for each network."""
    how = checked_pairs(
        0, stride=stride, padding=padding, dilation=dilation
    )
    maps = _Convolution.apply(x.permute(0, 2, 3, 4, 1), weight, bias, *how)
    return maps.permute(0, 4, 1, 2, 3)
# --8<-- [end:conv2d]


# --8<-- [start:columns]
def _columns(x, kernel, stride, padding, dilation) -> Tensor:
    """Every window, from (k c h w n) to (k c kh kw h_out w_out n)."""
    (k, c, h, w, n), (ph, pw) = x.shape, padding
    padded = x.new_zeros(k, c, h + 2 * ph, w + 2 * pw, n)
    padded[:, :, ph : ph + h, pw : pw + w].copy_(x)
    sizes = [
        output_size(size, kernel[i], stride=stride[i], padding=padding[i],
                    dilation=dilation[i])
        for i, size in enumerate((h, w))
    ]
    s = padded.stride()
    within = [s[2] * dilation[0], s[3] * dilation[1]]
    between = [s[2] * stride[0], s[3] * stride[1]]
    shape = (k, c, *kernel, *sizes, n)
    return padded.as_strided(shape, (s[0], s[1], *within, *between, 1))
# --8<-- [end:columns]


# --8<-- [start:gradient]
class _Convolution(torch.autograd.Function):
    """The convolution of a stack, from (k c h w n), and its gradient."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding, dilation) -> Tensor:
        kernel = weight.shape[3:]
        windows = _columns(x, kernel, stride, padding, dilation)
        columns = windows.flatten(1, 3).flatten(2)  # k (c kh kw) (h w n)
        ctx.save_for_backward(columns, weight)
        ctx.sizes = windows.shape, x.shape, stride, padding, dilation
        if bias is None:
            bias = weight.new_zeros(weight.shape[:2])
        y = torch.baddbmm(bias[:, :, None], weight.flatten(2), columns)
        return y.unflatten(2, windows.shape[4:])

    @staticmethod
    def backward(ctx, *grads) -> tuple:
        (columns, weight), (shape, *sizes) = ctx.saved_tensors, ctx.sizes
        wanted, grad = ctx.needs_input_grad, grads[0].flatten(2)
        grad_weight = torch.bmm(grad, columns.mT).reshape(weight.shape)
        grad_bias = grad.sum(2) if wanted[2] else None
        grad_x = None
        if wanted[0]:
            grad_windows = torch.bmm(weight.flatten(2).mT, grad)
            grad_x = _added_up(grad_windows.reshape(shape), *sizes)
        return grad_x, grad_weight, grad_bias, None, None, None


def _added_up(windows, shape, stride, padding, dilation) -> Tensor:
    """What each pixel gets from all windows that see it."""
    (k, c, h, w, n), (ph, pw) = shape, padding
    grad = windows.new_zeros(k, c, h + 2 * ph, w + 2 * pw, n)
    kh, kw, h_out, w_out = windows.shape[2:6]
    for u in range(kh):
        top = u * dilation[0]
        rows = grad[:, :, top : top + stride[0] * h_out : stride[0]]
        for v in range(kw):
            left = v * dilation[1]
            places = slice(left, left + stride[1] * w_out, stride[1])
            rows[:, :, :, places].add_(windows[:, :, u, v])
    return grad[:, :, ph : ph + h, pw : pw + w]
# --8<-- [end:gradient]


# --8<-- [start:pooled]
def pooled(
    x: Float[Tensor, "k n c h w"], pool: Callable[[Tensor], Tensor]
) -> Float[Tensor, "k n c h_out w_out"]:
    """Pooling, which knows no weights: examples take the place of channels."""
    maps = x.permute(0, 2, 3, 4, 1).flatten(0, 1)  # (k c) h w n
    maps = pool(maps.permute(0, 3, 1, 2))
    return maps.unflatten(0, (x.shape[0], x.shape[2])).transpose(1, 2)
# --8<-- [end:pooled]


# --8<-- [start:embedding]
def embedding(
    ids: Integer[Tensor, "k *n"], weight: Float[Tensor, "k rows d"],
    padding_idx: int | None = None,
) -> Float[Tensor, "k *n d"]:
    """All matrices one below the other, and the ids moved to the right one."""
    k, rows, _ = weight.shape
    firsts = torch.arange(k, device=ids.device) * rows
    moved = ids + firsts.reshape(k, *[1] * (ids.ndim - 1))
    found = functional.embedding(moved, weight.flatten(0, 1))
    if padding_idx is None:
        return found
    filler = (ids == padding_idx % rows)[..., None]
    return torch.where(filler, found.detach(), found)
# --8<-- [end:embedding]


# --8<-- [start:cross_entropy]
def cross_entropy(
    scores: Float[Tensor, "k n c"], targets: Int[Tensor, "k n"],
    ignore_index: int = -100,
) -> Float[Tensor, " k"]:
    """The mean over the examples, for each network."""
    how: dict[str, Any] = {"reduction": "none", "ignore_index": ignore_index}
    if scores.shape[2] < FEW:
        logs = scores.mT.contiguous().log_softmax(1)
        losses = functional.nll_loss(logs, targets, **how)
    else:
        logs = scores.log_softmax(2).flatten(0, 1)
        losses = functional.nll_loss(logs, targets.flatten(), **how)
        losses = losses.reshape(targets.shape)
    return losses.sum(1) / (targets != ignore_index).sum(1)
# --8<-- [end:cross_entropy]
