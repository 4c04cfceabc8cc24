import torch

n, g = 8, torch.Generator().manual_seed(0)
eye = torch.eye(n, dtype=torch.float64)
S = eye.roll(1, dims=0)
rules = torch.kron(S.T.contiguous(), eye) - torch.kron(eye, S)
print("W S = S W:", len(rules), "equations for", n * n, "weights")
values, ways = torch.linalg.eigh(rules.T @ rules)
free = ways[:, values < 1e-9]  # what all equations leave
print("left free:", free.shape[1])

W = (free @ torch.randn(n, dtype=free.dtype, generator=g)).reshape(n, n).T
x, w = torch.randn(n, dtype=free.dtype, generator=g), W[0]
sliding = sum(w[u] * x.roll(-u) for u in range(n))
print("every solution slides one row of weights:", sliding.allclose(W @ x))
