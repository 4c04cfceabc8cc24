import torch

x = torch.tensor([[1.0, 0, 1], [0, 1, 0], [0, 0, 1]])  # cat drinks milk
w_q = torch.tensor([[-2.0, 0, 2, 0], [1, 0, 1, 0], [0, 1, 0, 1]])
w_k = torch.tensor([[2.0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 2, 0]])


def cosine(rows):
    unit = rows / rows.norm(dim=1, keepdim=True)
    return unit @ unit.T


learned, shared = x @ w_q @ (x @ w_k).T, x @ w_k @ (x @ w_k).T
for name, s in [("W_q and W_k", learned), ("W_k for both", shared),
                ("cosine", cosine(x))]:
    print(f"{name:12} cat→milk {s[0, 2]:4.1f}  milk→cat {s[2, 0]:4.1f}",
          " cat→cat", f"{s[0, 0]:4.1f}  symmetric:", torch.equal(s, s.T))
print("one matrix W_q W_kᵀ does the same:",
      torch.equal(learned, x @ (w_q @ w_k.T) @ x.T))
