import torch


def root(c, form):
    return torch.linalg.cholesky(c) if form == "deviation" else c


def symmetric(c, form):
    values, vectors = torch.linalg.eigh(c)
    return vectors @ (values.sqrt() if form == "deviation" else values).diag() @ vectors.T


ANSWERS = {
    "views": (
        [[50, 35]],
        [([25, 35], "Flipped"), ([50, 34], "a little less than half"), ([50, 25], "Some come twice")],
    ),
    "cholesky": (
        [root, symmetric],
        [
            (lambda c, form: c, "A is C itself"),
            (lambda c, form: torch.linalg.cholesky(c), "the same as for deviation"),
            (lambda c, form: root(c, form).mT, "A is transposed"),
            (lambda c, form: c @ c if form == "variance" else root(c, form), "A is C squared"),
        ],
    ),
}
