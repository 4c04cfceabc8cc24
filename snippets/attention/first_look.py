import matplotlib.pyplot as plt
import torch

words = ["cat", "drinks", "milk"]
query = torch.tensor([1, 0, 1, 0])  # of "drinks"
key = torch.tensor([[2, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
value = torch.tensor([[4, 4], [2, 0], [0, 4]])
scores = key @ query / 2
weights = scores.softmax(0)

plt.figure(figsize=(5.5, 3.1))


def cells(left, y, row, colour):
    for i, number in enumerate(row.tolist()):
        box = dict(fc=colour, alpha=0.35, ec="black", lw=0.6)
        plt.gca().add_patch(plt.Rectangle((left + i, y - 0.3), 1, 0.6, **box))
        text = f"{number:.2f}" if isinstance(number, float) else number
        plt.text(left + i + 0.5, y, text, ha="center", va="center", size=8)


for i, word in enumerate(words):
    plt.text(-0.3, -i, word, ha="right", va="center",
             weight="bold" if i == 1 else None)
    cells(0, -i, key[i], "C0")
    plt.text(5.2, -i, f"{scores[i]:.0f}", ha="center", va="center")
    plt.barh(-i, 2.6 * weights[i], left=6.4, height=0.5, color="C1")
    plt.text(6.6 + 2.6 * weights[i], -i, f"{weights[i]:.2f}", va="center")
    cells(10.4, -i, value[i], "C2")
cells(0, 1.3, query, "C1")
cells(10.4, -3.3, weights @ value.float(), "C2")
plt.text(-0.3, 1.3, "drinks asks", ha="right", va="center", weight="bold")
for x, y, name in [(2, 1.75, "query"), (2, 0.45, "keys"), (5.2, 0.45, "q·k/2"),
                   (7.4, 0.45, "weights"), (11.4, 0.45, "values"),
                   (11.4, -2.85, "what drinks takes: their mixture")]:
    plt.text(x, y, name, ha="center", size=8)
plt.xlim(-3.8, 13.2)
plt.ylim(-3.8, 2.2)
plt.axis("off")
plt.show()
