import torch

from dlbook.positional_encoding import rope

q, k = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
query, key = rope(q, torch.tensor([2])), rope(k, torch.tensor([1]))
print("turned:", *(f"{x:.2f}" for x in (*query[0], *key[0])))
print(f"score: {(query @ key.T).item():.2f}")
back = rope(k, torch.tensor([-1]))
print(f"by the distance: {(q @ back.T).item():.2f}")
