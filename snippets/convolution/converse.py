import torch

n, g = 8, torch.Generator().manual_seed(0)
eye = torch.eye(n, dtype=torch.float64)
S = eye.roll(1, dims=0)
rules = torch.kron(S.T.contiguous(), eye) - torch.kron(eye, S)
says = torch.linalg.matrix_rank(rules).item()  # the rest repeats these
print("W S = S W:", len(rules), "equations,", says, "of them independent")
print("weights of W left free:", n * n - says)

w = torch.randn(n, dtype=torch.float64, generator=g)
W = torch.stack([w.roll(i) for i in range(n)])  # one row, slid along
x = torch.randn(n, dtype=torch.float64, generator=g)
print("one row, slid along, obeys:", torch.allclose(W @ S, S @ W))
slide = sum(w[u] * x.roll(-u) for u in range(n))
print("W x is the sum over u of w_u x_(i+u):", torch.allclose(W @ x, slide))
