# --8<-- [start:vectors]
import torch

from dlbook.data import corpus
from dlbook.embedding import nearest
from dlbook.embedding.vectors import co_occurrences, factorise, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=20)
ids, first = torch.tensor(vocabulary.encode(words)), len(SPECIALS)


def vectors(window, d):
    found = pairs(ids, window, first=first)
    return factorise(ppmi(co_occurrences(found, len(vocabulary))), d)


settings = [vectors(window, 80)[:, :d]
            for window in (2, 3, 4) for d in (30, 50, 80)]
# --8<-- [end:vectors]


# --8<-- [start:near]
def votes(word):
    """In how many settings is each word among the eight nearest?"""
    row, votes = vocabulary.ids[word], torch.zeros(len(vocabulary))
    for weight in settings:
        votes[nearest(weight, row, 8, first=first)] += 1
    return votes


for word in ("list", "keys", "left", "sequence", "argument", "async"):
    always = (votes(word) == len(settings)).nonzero()[:, 0].tolist()
    print(f"{word}:", *sorted(vocabulary.tokens[i] for i in always))
# --8<-- [end:near]


# --8<-- [start:map]
import matplotlib.pyplot as plt

shown = ["list", "tuple", "dictionary", "keys", "values", "left", "right",
         "operand", "async", "await", "coroutine", "generator", "keyword",
         "positional", "integer", "floating", "number"]
columns = [vocabulary.ids[word] for word in shown]
often = torch.stack([votes(word)[columns] >= 5 for word in shown])
fig, ax = plt.subplots(figsize=(4.5, 4.2))
ax.imshow(often.int().numpy())
ax.set_xticks(range(len(shown)), shown, rotation=90)
ax.set_yticks(range(len(shown)), shown)
ax.set(xlabel="often among the nearest", ylabel="word")
plt.show()
# --8<-- [end:map]
