import copy

import torch

from answers import instead
from dlbook.attention import attention

COUNT = [64, 2_362_368, 12_582_912, 32, 2_362_368, 25_165_824]


def parts(layer, x, block=lambda weight, columns: weight.T[columns]):
    found = []
    for i in range(layer.heads):
        columns = slice(i * layer.d_k, (i + 1) * layer.d_k)
        q, k, v = (part(x)[:, columns] for part in (layer.query, layer.key, layer.value))
        found.append(attention(q, k, v) @ block(layer.output.weight, columns))
    return found


@torch.no_grad()
def switched_off(layer, x, copied=copy.deepcopy):
    found = []
    for i in range(layer.heads):
        alone = copied(layer)
        alone.output.weight[:, torch.arange(layer.d_model) // layer.d_k != i] = 0
        found.append(alone(x))
    return torch.stack(found)


ANSWERS = {
    "count": (
        [COUNT, torch.tensor(COUNT)],
        [
            (instead(COUNT, _1=2_359_296), "has a bias, too"),
            (instead(COUNT, _1=1_771_776), "the one that mixes the heads"),
            (instead(COUNT, _2=1_048_576), "each head has its own"),
            (instead(COUNT, _3=64), "share the same columns"),
            (instead(COUNT, _4=4_724_736), "evens out"),
            (instead(COUNT, _5=12_582_912), "There are more tables"),
        ],
    ),
    "sum": (
        [parts, switched_off],
        [
            (lambda layer, x: parts(layer, x, lambda weight, columns: weight[columns]), "rows of `weight`"),
            (lambda layer, x: parts(layer, x, lambda weight, columns: torch.eye(layer.d_k)), "W_o is missing"),
            (lambda layer, x: layer(x).unflatten(1, (layer.heads, -1)).transpose(0, 1), "cut by columns"),
            (lambda layer, x: [layer(x) / layer.heads] * layer.heads, "an even share"),
            (lambda layer, x: sum(parts(layer, x)), "added up already"),
            (lambda layer, x: parts(layer, x)[::-1], "WRONG  each of 3 parts"),
            (lambda layer, x: switched_off(layer, x, copied=lambda layer: layer), "WRONG"),
        ],
    ),
}
