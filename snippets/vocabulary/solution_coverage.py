from collections import Counter
from itertools import accumulate

from dlbook.data import corpus
from dlbook.vocabulary import running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
counts = Counter(token for token in tokens if token.isalpha())
order = sorted(counts.values(), reverse=True)
sums = list(accumulate(order))
for part in (0.5, 0.9, 0.99):
    needed = next(k for k, s in enumerate(sums, 1) if s >= part * sums[-1])
    print(f"{part:.0%} of the text: {needed / len(order):.2f} of the words")
