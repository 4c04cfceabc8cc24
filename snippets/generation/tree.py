import torch

from dlbook.transformer.generation import beam, write

names = "begin", "A", "B", "C"
follows = torch.tensor([[0.0, 0.6, 0.4, 0.0],
                        [0.0, 0.4, 0.3, 0.3],  # after A nothing is likely
                        [0.0, 0.1, 0.0, 0.9],  # after B nearly always C
                        [0.0, 0.3, 0.3, 0.4]])


class Table:  # knows what follows a token, sees only the last one
    longest = 9

    def new_caches(self, *, texts):
        return []

    def __call__(self, ids, caches): return follows[ids].log()


found = write(Table(), torch.tensor([[0]]), 2, cached=False)[0, 1:]
print("greedy:   ", *(names[i] for i in found))
texts, sums = beam(Table(), torch.tensor([0]), 2, 2, cached=False)
for text, p in zip(texts, sums.exp(), strict=True):
    print(f"beam: {p:.2f}", *(names[i] for i in text[1:]))
