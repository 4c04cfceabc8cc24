import matplotlib.pyplot as plt
import torch

from dlbook.data import corpus
from dlbook.embedding.vectors import co_occurrences, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, running_text, tokenize

tokens = tokenize(running_text(corpus("en")).lower())
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words, min_count=20)
ids = torch.tensor(vocabulary.encode(words))
found = pairs(ids, 2, first=len(SPECIALS))
table = ppmi(co_occurrences(found, len(vocabulary)))

rows = ["left", "right", "keyword", "positional", "async", "await"]
columns = ["the", "operand", "does", "arguments", "passed", "additional",
           "def", "coroutine", "expressions"]
shown = table[vocabulary.encode(rows)][:, vocabulary.encode(columns)]
fig, ax = plt.subplots(figsize=(5, 3.2))
picture = ax.imshow(shown.numpy(), cmap="cividis")
ax.set_xticks(range(len(columns)), columns, rotation=90)
ax.set_yticks(range(len(rows)), rows)
ax.set(xlabel="neighbour", ylabel="word")
fig.colorbar(picture).set_label("ln(found / by chance)", labelpad=10)
plt.show()
