import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import positional_encoding

code = positional_encoding(40, 48)
p, q = 3, 10
rows = torch.stack([code[p], code[q], code[p] * code[q]])
print(f"product of the rows {p} and {q}: {code[p] @ code[q]:.2f}")

fig, (heat, strips, fall) = plt.subplots(
    3, 1, figsize=(5.5, 5.2), height_ratios=[8, 2.6, 4])
heat.imshow(code.numpy(), aspect="auto", vmin=-1, vmax=1)
heat.set(yticks=[p, q], ylabel="position")
strips.imshow(rows.numpy(), aspect="auto", vmin=-1, vmax=1)
strips.set_yticks(range(3), [p, q, f"{p}·{q}"])
strips.set(xlabel="column", ylabel="row")
fall.plot((code @ code[0]).numpy())
fall.plot(q - p, code[p] @ code[q], "C1o")
fall.set(xlabel="distance of the rows", ylabel="product", ylim=(0, 25))
plt.show()
