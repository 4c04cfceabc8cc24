# ten seconds
import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.transformer.translation import fit_pairs, number_pairs
from dlbook.transformer.translator import (
    answers,
    its_numbers,
    new_translator,
)

way, device, numbers = "to chinese", dlbook.device(), its_numbers()
g = torch.Generator().manual_seed(0)
model = new_translator(way, g).to(device)
print(sum(p.numel() for p in model.parameters()), "weights")
pairs = number_pairs(numbers.learned, way).to(device)
losses = fit_pairs(model, pairs, steps=600, rate=0.01, generator=g)
held_out = answers(model.eval(), numbers.held_out, way)
print(*held_out.texts[:3])
print(f"right, of 1,000 held out: {held_out.right.double().mean():.0%}")
_, ax = plt.subplots(figsize=(4, 2.2))
ax.semilogy(losses, lw=1)
ax.set(xlabel="steps", ylabel="loss of a token")
plt.show()
