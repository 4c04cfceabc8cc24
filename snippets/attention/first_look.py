import matplotlib.pyplot as plt
import torch

from dlbook.attention import attention_weights

words = ["cat", "drinks", "milk"]
query = torch.tensor([[-2.0, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
key = torch.tensor([[2.0, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
weights = attention_weights(query, key)

fig, (lines, table) = plt.subplots(1, 2, figsize=(5.5, 2.5))
for i, j in [(i, j) for i in (0, 2, 1) for j in range(3)]:
    a, colour = weights[i, j].item(), "C1" if i == 1 else "0.7"
    lines.plot([0, 1], [-i, -j], color=colour, lw=12 * a)
    table.text(j, i, f"{a:.2f}", ha="center", va="center",
               color="white" if a < 0.4 else "black")
for i, word in enumerate(words):
    lines.text(-0.07, -i, word, ha="right", va="center")
    lines.text(1.07, -i, word, va="center")
lines.set(title="asks → answers", xlim=(-0.5, 1.5), ylim=(-2.4, 0.4))
lines.set_axis_off()
table.imshow(weights.numpy(), vmin=0, vmax=0.8)
table.set(title="weights", xticks=range(3), xticklabels=words,
          yticks=range(3), yticklabels=words)
plt.show()
