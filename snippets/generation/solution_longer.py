# about a minute
import torch

import dlbook
from dlbook.experiment import compare_values
from dlbook.transformer.translation import fit_pairs, number_pairs
from dlbook.transformer.translator import (
    answers,
    its_numbers,
    new_translator,
)

way, device, numbers = "to chinese", dlbook.device(), its_numbers()
more = {"a hundred longer": numbers.longer[:100],
        "a hundred short": numbers.held_out[:100]}
right: dict[str, list[float]] = {name: [] for name in more}
for seed in range(5):
    for name, extra in more.items():
        g = torch.Generator().manual_seed(seed)
        model = new_translator(way, g).to(device)
        pairs = number_pairs(numbers.learned + extra, way).to(device)
        fit_pairs(model, pairs, steps=600, rate=0.01, generator=g)
        found = answers(model.eval(), numbers.longer[100:], way).right
        right[name].append(100 * float(found.double().mean()))
print(compare_values(right, unit="points", better="more", name="right"))
