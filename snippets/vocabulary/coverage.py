from collections import Counter

from dlbook.data import corpus
from dlbook.vocabulary import running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
counts = Counter(token for token in tokens if token.isalpha())
order = sorted(counts.values(), reverse=True)
harmonic = lambda k: sum(1 / r for r in range(1, k + 1))  # noqa: E731
for k in (10, 100, 1000):
    measured = sum(order[:k]) / sum(order)
    predicted = harmonic(k) / harmonic(len(order))
    print(f"{k:4} words cover {measured:.2f}, by Zipf's law {predicted:.2f}")
