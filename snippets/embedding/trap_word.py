from collections import Counter

import torch
from torch import nn

text = "the cat sat on the mat and the dog sat on the cat"
words = text.split()
order = [word for word, _ in Counter(words).most_common()]  # from 0
ids = torch.tensor([order.index(word) for word in words])
layer = nn.Embedding(len(order), 3, padding_idx=0)
layer(ids).sum().backward()
for word in order[:3]:
    row = layer.weight.grad[order.index(word)]
    print(f"{word}: {words.count(word)} times, gradient {row.tolist()}")
