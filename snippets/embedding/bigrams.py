# --8<-- [start:counts]
import torch

from dlbook.data import corpus
from dlbook.experiment import Data
from dlbook.vocabulary import Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=30)
ids, V = torch.tensor(vocabulary.encode(words)), len(vocabulary)
pieces = ids.tensor_split(100)


def bigrams(pieces):
    """How often each word (column) follows each word (row)."""
    flat = torch.cat([piece[:-1] * V + piece[1:] for piece in pieces])
    return flat.bincount(minlength=V * V).reshape(V, V).float()


def parts(seed):
    """A fifth to test on, one to choose by, three to learn from."""
    a, b, *rest = (pieces[(seed + i) % 5 :: 5] for i in range(5))
    tables = [bigrams(some) for some in (sum(rest, ()), b, a)]
    return Data(*((torch.arange(V), table) for table in tables), repeats=True)
# --8<-- [end:counts]


# --8<-- [start:model]
from torch import nn


class Bigrams(nn.Module):
    """Scores of all words that may follow a word."""

    def __init__(self, kind, d, g):
        super().__init__()
        more = {"untied": V, "tied": 0, "tied, M between": d}[kind]
        self.kind, drawn = kind, torch.randn(V + more, d, generator=g)
        self.weight = nn.Parameter(drawn / d**0.5)

    def forward(self, word):
        W, other = self.weight.tensor_split([V])
        h = W[word]
        if self.kind == "tied, M between":
            h = h @ other
        return h @ (other if self.kind == "untied" else W).T


def loss(scores, seen):
    """The mean loss, if each pair was seen so often."""
    return -(seen * scores.log_softmax(-1)).sum() / seen.sum()
# --8<-- [end:model]


# --8<-- [start:baselines]
def frequencies(data):
    """Perplexity, if all words are followed by the same ones."""
    often = data.train.y.sum(0) + 1
    return loss(often.log().expand(V, V), data.test.y).exp()


def smoothed(data, k=30):
    """Perplexity of the counts, and k more in each row, by frequency."""
    often = data.train.y.sum(0) + 1
    more = data.train.y + k * often / often.sum()
    return loss(more.log(), data.test.y).exp()
# --8<-- [end:baselines]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.experiment import Competitor, compare


def make(kind, d=32):
    return lambda generator: Bigrams(kind, d, generator)


nets = {kind: make(kind) for kind in ("untied", "tied", "tied, M between")}
nets["untied, d = 16"] = Competitor(make("untied", 16), control=True)
result = compare(
    nets, parts, steps=200, batch=V, loss=loss, metric="perplexity",
    rates=(0.003, 0.01, 0.03, 0.1),
    baselines={"constant": frequencies, "smoothed counts": smoothed},
)
print(result)
ax = plt.figure(figsize=(5, 3)).gca()
result.draw(ax)
ax.set_ylim(38, 80)
plt.show()
# --8<-- [end:compare]
