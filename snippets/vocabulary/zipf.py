from collections import Counter

import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import running_text, tokenize
from dlbook.vocabulary.segmentation import chinese_words

texts = {
    "English words": tokenize(running_text(corpus("en")).lower()),
    "Chinese words": tokenize(corpus("zh"), dictionary=chinese_words()),
    "Chinese characters": list(corpus("zh")),
}
ranks = [1, 2, 4, 8, 15, 25, 50, 200, 300, 450, 700, 1100, 2000]
plt.figure(figsize=(5, 3))
for (name, tokens), mark in zip(texts.items(), "os^", strict=True):
    counts = Counter([t for t in tokens if t.isalpha()][:59_000])
    order = sorted(counts.values(), reverse=True)
    n = counts.total()
    shares = {r: order[r - 1] / n for r in ranks if r <= len(order)}
    plt.loglog(list(shares), list(shares.values()), mark, ms=4, label=name)
plt.loglog(ranks, [0.1 / r for r in ranks], "--", c="0.5", label="0.1 / r")
plt.legend()
plt.gca().set(xlabel="rank r", ylabel="share of the text")
plt.show()
