from collections import Counter

import torch

from dlbook.data import corpus
from dlbook.vocabulary import running_text, tokenize


def rank_times_share(words):
    top = [n / len(words) for _, n in Counter(words).most_common()]
    return [f"{r * top[r - 1]:.2f}" for r in (3, 12, 52, 212)]


def typed(seed):
    g = torch.Generator().manual_seed(seed)
    keys = torch.randint(5, (500_000,), generator=g).tolist()
    return "".join("abcd "[k] for k in keys).split()


print("rank times share, at the ranks 3, 12, 52 and 212")
texts = {"English  ": tokenize(running_text(corpus("en")).lower())}
texts |= {f"chance, {i}": typed(i) for i in range(5)}
for name, words in texts.items():
    print(name, *rank_times_share(words))
