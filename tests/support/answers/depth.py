from itertools import pairwise

import torch


def even_batch(sizes):
    many = sum((a + 1) * b for a, b in pairwise(sizes))
    return many / sum(sizes[:-1])


def with_items(model, batches):
    return sum(model(x).square().mean().item() for x in batches)


@torch.no_grad()
def without_graph(model, batches):
    return sum(model(x).square().mean() for x in batches)


def growing(model, batches):
    total = 0
    for x in batches:
        total += model(x).square().mean()
    return total


ANSWERS = {
    "leak": (
        [lambda n, leak: 2 / ((1 + leak**2) * n)],
        [
            (lambda n, leak: 2 / n, "the leak is forgotten"),
            (lambda n, leak: 2 / ((1 + leak) * n), "α is not squared"),
            (lambda n, leak: (2 / ((1 + leak**2) * n)) ** 0.5, "WRONG"),
            (lambda n, leak: 1 / n, "without a bend"),
        ],
    ),
    "even": (
        [even_batch],
        [
            (lambda sizes: even_batch(sizes) * sum(sizes[:-1]) / sum(sizes), "kept by none"),
            (
                lambda sizes: sum(a * b for a, b in pairwise(sizes)) / sum(sizes[:-1]),
                "biases are left out",
            ),
            (lambda sizes: 1 / even_batch(sizes), "upside down"),
        ],
    ),
    "alive": (
        [with_items, without_graph],
        [
            (growing, "remembers how it came about"),
            (lambda model, batches: growing(model, batches).item(), "so many tensors were kept"),
            (lambda model, batches: with_items(model, batches) / len(batches), "mean over the batches"),
            (lambda model, batches: with_items(model, batches[-1:]), "only the last batch"),
        ],
    ),
}
