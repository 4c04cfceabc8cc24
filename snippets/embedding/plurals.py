# --8<-- [start:test]
import torch

from dlbook.data import corpus
from dlbook.embedding import nearest
from dlbook.embedding.vectors import co_occurrences, factorise, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=20)
number, first, size = vocabulary.ids, len(SPECIALS), len(vocabulary)
ids = torch.tensor(vocabulary.encode(words))
counts = co_occurrences(pairs(ids, 2, first=first), size)
plurals = [(number[word], number[f"{word}s"]) for word in number
           if f"{word}s" in number and len(word) > 2]


def found(weight):
    """In which share of the cases is the plural among the ten nearest?"""
    hits = [many in nearest(weight, one, 10, first=first)
            for one, many in plurals]
    return sum(hits) / len(hits)
# --8<-- [end:test]


# --8<-- [start:count]
g = torch.Generator().manual_seed(0)
ways = {
    "random numbers": torch.randn(size, 50, generator=g).double(),
    "counts": counts,
    "PPMI": ppmi(counts),
    "PPMI, 50 numbers": factorise(ppmi(counts), 50),
}
print(f"by chance: {10 / (size - first):.2f}")
for name, weight in ways.items():
    print(f"{name}: {found(weight):.1f}")
# --8<-- [end:count]


# --8<-- [start:train]
from dlbook.embedding.softmax import skip_gram_softmax_loss
from dlbook.embedding.vectors import negative_sampling_loss

losses = {"full softmax": lambda s: skip_gram_softmax_loss(s, counts),
          "negative sampling": lambda s: negative_sampling_loss(s, counts, 5)}


def train(loss, seed, d=50, steps=100):
    g = torch.Generator().manual_seed(seed)
    word, neighbour = (
        torch.nn.Parameter(torch.randn(size, d, generator=g).double() / 10)
        for _ in range(2)
    )
    step = torch.optim.Adam([word, neighbour], lr=0.05)
    for _ in range(steps):
        step.zero_grad()
        loss(word @ neighbour.T).backward()
        step.step()
    return word.detach()


for name, loss in losses.items():
    shares = [found(train(loss, seed)) for seed in range(4)]
    print(f"{name}: from {min(shares):.1f} to {max(shares):.1f}")
# --8<-- [end:train]
