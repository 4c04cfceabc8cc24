# --8<-- [start:numbers]
import matplotlib.pyplot as plt
import torch

query = torch.tensor([1, 0, 1, 0])  # of "drinks"
key = torch.tensor([[2, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
value = torch.tensor([[4, 4], [2, 0], [0, 4]])
scores = key @ query / 2
weights = scores.softmax(0)


def text(x, y, words, where="center"):
    plt.text(x, y, words, ha=where, va="center", size=8)


def cells(left, y, row, colour):
    for i, number in enumerate(row.tolist()):
        box = {"fc": colour, "alpha": 0.35, "ec": "black", "lw": 0.6}
        plt.gca().add_patch(plt.Rectangle((left + i, y - 0.3), 1, 0.6, **box))
        text(left + i + 0.5, y, f"{number:.3g}")
# --8<-- [end:numbers]


# --8<-- [start:draw]
plt.figure(figsize=(5.5, 3.1))
for i, word in enumerate(["cat", "drinks", "milk"]):
    text(-0.3, -i, word, "right")
    cells(0, -i, key[i], "C0")
    text(5.2, -i, f"{scores[i]:.0f}")
    width = 2.6 * weights[i].item()
    plt.barh(-i, width, left=6.4, height=0.5, color="C1")
    text(6.6 + width, -i, f"{weights[i]:.2f}", "left")
    cells(10.4, -i, value[i], "C2")
text(-0.3, 1.3, "drinks asks:", "right")
cells(0, 1.3, query, "C1")
cells(10.4, -3.3, weights @ value.float(), "C2")
for x, y, name in [(2, 1.8, "query"), (2, 0.55, "keys"), (5.2, 0.55, "q·k/2"),
                   (7.2, 0.55, "weights"), (11.4, 0.55, "values"),
                   (11.4, -2.75, "what drinks takes: their mixture")]:
    text(x, y, name)
plt.xlim(-3, 14.4)
plt.ylim(-3.8, 2.2)
plt.axis("off")
plt.show()
# --8<-- [end:draw]
