import matplotlib.pyplot as plt
import torch

from dlbook.embedding import Embedding
from dlbook.vocabulary import Vocabulary, tokenize

tokens = tokenize("to be, or not to be")
vocabulary = Vocabulary(tokens)
ids = torch.tensor(vocabulary.encode(tokens))
layer = Embedding(len(vocabulary), 5)
layer(ids).sum().backward()  # each place sends back ones
rows = layer.weight.grad
print(dict(zip(vocabulary.tokens, rows[:, 0].tolist(), strict=True)))

fig, ax = plt.subplots(figsize=(3.5, 3))
fig.colorbar(ax.imshow(rows.numpy()), ticks=[0, 1, 2])
ax.set_yticks(range(len(vocabulary)), vocabulary.tokens)
ax.set(xlabel="feature", title="gradient of the weight")
plt.show()
