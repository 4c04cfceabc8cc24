from collections import Counter

import matplotlib.pyplot as plt

from dlbook.data import corpus
from dlbook.vocabulary import chinese_words, running_text, tokenize

zh = corpus("zh")
texts = {
    "English words": tokenize(running_text(corpus("en")).lower()),
    "Chinese words": tokenize(zh, dictionary=chinese_words()),
    "Chinese characters": list(zh),
}
ranks = [1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 200, 300, 500, 1000, 2000]
plt.figure(figsize=(5, 3.2))
for (name, tokens), mark in zip(texts.items(), "os^", strict=True):
    counts = Counter(token for token in tokens if token.isalpha())
    shares = sorted((n / counts.total() for n in counts.values()), reverse=True)
    shown = [r for r in ranks if r <= len(shares)]
    plt.loglog(shown, [shares[r - 1] for r in shown], mark, ms=4, label=name)
plt.loglog(ranks, [0.1 / r for r in ranks], "--", color="0.5", label="0.1 / r")
plt.legend()
plt.gca().set(xlabel="rank r", ylabel="share of the text")
plt.show()
