import torch

W = torch.tensor([[0.0, 0, -1, -2], [1, -1, 0, 0]])  # two units
b = torch.tensor([4.0, 0])
X = torch.tensor([[5.1, 3.5, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4]])


def table(name, numbers):
    rows = ["  ".join(f"{v:5.1f}" for v in row) for row in numbers.tolist()]
    print(f"{name:22} {rows[0]}")
    for row in rows[1:]:
        print(f"{'':22} {row}")


table("columns: W @ X.T + b", W @ X.T + b[:, None])
table("rows:    X @ W.T + b", X @ W.T + b)
