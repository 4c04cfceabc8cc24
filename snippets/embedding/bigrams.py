# --8<-- [start:counts]
import torch

from dlbook.data import corpus
from dlbook.vocabulary import Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=30)
ids, V = torch.tensor(vocabulary.encode(words)), len(vocabulary)
end = len(ids) * 4 // 5


def bigrams(ids):
    """How often each word (column) follows each word (row)."""
    flat = ids[:-1] * V + ids[1:]
    return flat.bincount(minlength=V * V).reshape(V, V).double()


train, test = bigrams(ids[:end]), bigrams(ids[end:])
# --8<-- [end:counts]


# --8<-- [start:fit]
def fit(kind, seed, d=32):
    """Perplexity (exp of the mean loss) on the training and the new text."""
    g = torch.Generator().manual_seed(seed)
    drawn = [torch.randn(n, d, generator=g).double() for n in (V, V, d)]
    word, other, m = (torch.nn.Parameter(x / d**0.5) for x in drawn)
    output = other if kind == "untied" else word
    middle = m if kind == "tied, matrix between" else torch.eye(d).double()
    step = torch.optim.Adam([word, other, m], lr=0.03)
    for i in range(151):
        logits = word @ middle @ output.T
        loss = -(train * logits.log_softmax(1)).sum() / train.sum()
        if i < 150:
            step.zero_grad()
            loss.backward()
            step.step()
    new = -(test * logits.log_softmax(1)).sum() / test.sum()
    return loss.exp().item(), new.exp().item()
# --8<-- [end:fit]


# --8<-- [start:compare]
kinds = ("untied", "tied", "tied, matrix between")
results = {kind: [fit(kind, seed) for seed in range(3)] for kind in kinds}
mean = {kind: torch.tensor(r).mean(0) for kind, r in results.items()}
for kind in kinds:
    old, new = (mean[kind] / mean["untied"]).tolist()
    print(f"{kind}: {old:.1f} on the training text, {new:.1f} on new text")
orders = [sorted(kinds, key=lambda kind: results[kind][seed][1])
          for seed in range(3)]
print("on new text, best first:", "; ".join(orders[0]))
print("the same order for each seed:", orders.count(orders[0]) == 3)
# --8<-- [end:compare]
