from collections import Counter

from dlbook.data import corpus
from dlbook.vocabulary import chinese_words, running_text, tokenize

en = tokenize(running_text(corpus("en")).lower())
zh = tokenize(corpus("zh"), dictionary=chinese_words())
for name, tokens in (("English", en), ("Chinese", zh)):
    words = [token for token in tokens if token.isalpha()]  # no signs
    counts = Counter(words)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    share = counts[order[0]] / len(words)
    once = sum(count == 1 for count in counts.values()) / len(counts)
    print(f"{name}:", ", ".join(order[:3]), end="; then ")
    print(", ".join(sorted(order[3:7])))
    print(f"  {order[0]!r} is {100 * share:.1f} % of all words")
    print(f"  {once:.2f} of the different words stand there once")
