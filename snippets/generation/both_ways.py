import matplotlib.pyplot as plt
import torch

from dlbook.transformer.numbers import english_tokens, in_english
from dlbook.transformer.translator import answers, its_numbers, translator

numbers = its_numbers()
_, ax = plt.subplots(figsize=(4.5, 2.4))
for way in "to chinese", "to english":
    model = translator(way)
    held_out = answers(model, numbers.held_out, way).right.double()
    print(f"{way}: right of those held out {held_out.mean():.1%}")
    both = numbers.held_out + numbers.longer
    right = answers(model, both, way).right.double()
    words = torch.tensor([len(english_tokens(in_english(n))) for n in both])
    share = [float(right[words == k].mean()) for k in range(1, 12)]
    print("    of 9, 10, 11 words:", *(f"{s:.0%}" for s in share[8:]))
    ax.plot(range(1, 12), share, "o-", label=way)
ax.axvline(8.5, color="0.5", ls=":")
ax.set(xlabel="words of the number", ylabel="right", ylim=(-0.05, 1.05))
ax.legend()
plt.show()
