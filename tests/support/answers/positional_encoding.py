import torch

from dlbook.positional_encoding import frequencies


def waves(d_model, base):
    return 2 * torch.pi / frequencies(d_model, base=base)


ANSWERS = {
    "base": (
        [waves, lambda d_model, base: [6.283185307179586 * base ** (2 * i / d_model) for i in range(d_model // 2)]],
        [
            (lambda d_model, base: waves(d_model, base) / (2 * torch.pi), "2π is missing"),
            (lambda d_model, base: 1 / waves(d_model, base), "frequencies are given"),
            (lambda d_model, base: waves(d_model, base).repeat_interleave(2), "one for each column"),
            (lambda d_model, base: waves(d_model, base).flip(0), "from long to short"),
        ],
    ),
    "back": (
        [lambda matrix: matrix.T, torch.linalg.inv],
        [
            (lambda matrix: -matrix, "sign of the matrix"),
            (lambda matrix: matrix, "the shift forward"),
            (lambda matrix: matrix.t_(), "It changes argument 1 in place"),
        ],
    ),
}
