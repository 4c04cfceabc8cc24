import matplotlib.pyplot as plt
import torch

from dlbook.vocabulary import Vocabulary, one_hot, tokenize

tokens = tokenize("to be, or not to be")
vocabulary = Vocabulary(tokens)
ids = torch.tensor(vocabulary.encode(tokens))
rows = one_hot(ids, len(vocabulary))

fig, ax = plt.subplots(figsize=(5.5, 3))
ax.imshow(rows.numpy(), cmap="cividis")
names = [f"{t}  {i}" for i, t in enumerate(vocabulary.tokens)]
ax.set_xticks(range(len(names)), names, rotation=90)
ax.set_yticks(range(len(tokens)), tokens)
ax.set(xlabel="vocabulary", ylabel="text")
plt.show()
print(tokens)
print(ids.tolist())
