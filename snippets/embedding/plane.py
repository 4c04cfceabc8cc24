# --8<-- [start:vectors]
import torch

from dlbook.data import corpus
from dlbook.embedding.vectors import co_occurrences, factorise, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=20)
ids, first = torch.tensor(vocabulary.encode(words)), len(SPECIALS)
found = pairs(ids, 2, first=first)
counts = co_occurrences(found, len(vocabulary))
weight = factorise(ppmi(counts), 50)[first:]
# --8<-- [end:vectors]


# --8<-- [start:plane]
shown = ["list", "tuple", "keys", "values", "left", "right", "operand",
         "async", "await", "coroutine", "generator", "keyword",
         "positional", "integer", "floating", "number", "dictionary"]
rows = weight[[vocabulary.ids[word] - first for word in shown]]


def plane(rows):
    """Two numbers for each row, and the share of the variance they hold."""
    centred = rows - rows.mean(0)
    _, s, q = torch.linalg.svd(centred, full_matrices=False)
    seen = centred @ q[:2].T
    seen *= seen.gather(0, seen.abs().argmax(0, keepdim=True)).sign()
    return seen, (s[:2].square().sum() / s.square().sum()).item()


(points, share), (_, of_all) = plane(rows), plane(weight)
print(f"variance kept: {share:.0%} of these {len(shown)},",
      f"{of_all:.0%} of all {len(weight)} words")
near = [torch.cdist(x, x).fill_diagonal_(9).argmin(1) for x in (rows, points)]
print("same nearest word:", int((near[0] == near[1]).sum()), "of", len(shown))
# --8<-- [end:plane]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

plt.figure(figsize=(5.5, 4))
plt.plot(*points.T, "o")
for word, (x, y) in zip(shown, points.tolist(), strict=True):
    place = (-20, -3) if word == "list" else (3, 3)
    plt.annotate(word, (x, y), place, textcoords="offset points", size=9)
plt.gca().set(xlabel="first direction", ylabel="second direction")
plt.show()
# --8<-- [end:draw]
