import torch

x = torch.tensor([[1.0, 0, 1],   # cat: alive, a thing
                  [0, 1, 0],     # drinks: an action
                  [0, 0, 1]])    # milk: a thing
w_q = torch.tensor([[-2.0, 0, 2, 0], [1, 0, 1, 0], [0, 1, 0, 1]])
w_k = torch.tensor([[2.0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 2, 0]])
w_v = torch.tensor([[4.0, 0], [2, 0], [0, 4]])
query, key, value = x @ w_q, x @ w_k, x @ w_v
for name, rows in [("query", query), ("key", key), ("value", value)]:
    print(f"{name:5}", *rows.int().tolist())
scores = query @ key.T
print("query · key", *scores.int().tolist())
scaled = scores / 4**0.5
powers = scaled.exp()
weights = powers / powers.sum(1, keepdim=True)
output = weights @ value
for i, word in enumerate(["cat", "drinks", "milk"]):
    print(f"{word:6} scores", *scaled[i].int().tolist(), " weights",
          *(f"{w:.3f}" for w in weights[i].tolist()), " output",
          *(f"{o:.2f}" for o in output[i].tolist()))
