import torch

from dlbook.embedding.vectors import (
    co_occurrences,
    negative_sampling_loss,
    pairs,
    skip_gram_loss,
)

g = torch.Generator().manual_seed(0)
found = pairs(torch.randint(20, (500,), generator=g), 2)
counts = co_occurrences(found, 20)
word, neighbour = torch.randn(2, 20, 8, dtype=torch.float64, generator=g)
exact = negative_sampling_loss(word @ neighbour.T, counts, k=5)
for draws in (1000, 100_000):
    one = found[torch.randint(len(found), (draws,), generator=g)]
    noise = counts.sum(0).multinomial(5 * draws, True, generator=g)
    noise = neighbour[noise].reshape(draws, 5, 8)
    sampled = skip_gram_loss(word[one[:, 0]], neighbour[one[:, 1]], noise)
    close = abs(sampled / exact - 1) < 4 / draws**0.5
    print(f"{draws:,} pairs: off by less than 4/√{draws:,}: {bool(close)}")
