# --8<-- [start:texts]
import torch

who = ["cat", "dog", "child", "horse", "mouse", "cow"]
what = ["milk", "water", "tea", "juice", "soup", "cocoa"]
last = {"thirsty": who, "hungry": who, "tired": who,
        "fresh": what, "warm": what, "sour": what}
nouns = who + what
vocabulary = [*nouns, *last, "the", "drinks", "because", "it", "is"]
number = {word: i for i, word in enumerate(vocabulary)}
seen, new = [], []  # a third of all pairs of nouns is never trained on
for i, one in enumerate(who):
    for j, other in enumerate(what):
        for word, meant in last.items():
            text = f"the {one} drinks the {other} because it is {word}"
            answer = nouns.index(one if meant is who else other)
            part = new if (i + j) % 3 == 0 else seen
            part.append(([number[w] for w in text.split()], answer))
(x, y), (x_new, y_new) = (
    map(torch.tensor, zip(*part, strict=True)) for part in (seen, new))
# --8<-- [end:texts]


# --8<-- [start:learn]
from torch import nn

from dlbook.attention import MultiHeadAttention
from dlbook.embedding import Embedding

g = torch.Generator().manual_seed(0)
rows = Embedding(len(vocabulary), 16, generator=g)
attend = MultiHeadAttention(16, 1, generator=g)
read = nn.Linear(16, 12, bias=False)
nn.init.normal_(read.weight, std=0.25, generator=g)
layers = nn.ModuleList([rows, attend, read])
step = torch.optim.Adam(layers.parameters(), lr=0.01)
for _ in range(150):
    scores = read(attend(rows(x)[:, -1:], rows(x)))[:, 0]  # the last asks
    loss = nn.functional.cross_entropy(scores, y)
    step.zero_grad()
    loss.backward()
    step.step()
with torch.no_grad():
    found = read(attend(rows(x_new)[:, -1:], rows(x_new)))[:, 0].argmax(1)
    weights = attend.weights(rows(x_new)[:, -1:], rows(x_new))[:, 0, 0]
meant = torch.where(y_new < 6, 1, 4)  # the place of the noun
print(f"right: {(found == y_new).double().mean():.2f} of {len(y_new)};",
      f"weight on it: {weights.gather(1, meant[:, None]).mean():.2f}")
# --8<-- [end:learn]


# --8<-- [start:look]
import matplotlib.pyplot as plt

from dlbook.embedding import cosine_similarity

_, axes = plt.subplots(2, 1, figsize=(5.5, 3.2))
for ax, word in zip(axes, ("thirsty", "fresh"), strict=True):
    text = f"the cat drinks the milk because it is {word}".split()
    ids = torch.tensor([number[w] for w in text])
    with torch.no_grad():
        a = attend.weights(rows(ids)[-1:], rows(ids))[0, 0]
    ax.bar(range(9), a.numpy(), color=["C0"] * 8 + ["C1"])
    ax.set_xticks(range(9), text)
    ax.set(ylabel="weight", ylim=(0, 1))
    near = cosine_similarity(rows(ids)[-1:], rows(ids))[0].tolist()
    print(f"{word}: weight on cat {a[1]:.2f}, on milk {a[4]:.2f};",
          f"cosine with cat {near[1]:.1f}, with milk {near[4]:.1f}")
plt.show()
# --8<-- [end:look]
