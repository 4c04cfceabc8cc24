import torch
from sklearn.datasets import load_iris

flowers = torch.tensor(load_iris().data).float()
w = torch.tensor([0.0, 0, -1, -2])
b = torch.tensor(4.0)
for name, tensor in [
    ("b, one number", b),
    ("w, a vector", w),
    ("all flowers, a matrix", flowers),
    ("flowers[0], its first row", flowers[0]),
    ("flowers[:, 2], its third column", flowers[:, 2]),
    ("flowers[:5], five rows", flowers[:5]),
    ("flowers @ w + b", flowers @ w + b),
]:
    print(f"{name:32} shape {tuple(tensor.shape)}")
print("z of the first flower:", f"{(flowers @ w + b)[0]:.1f}")
