import torch

from dlbook.transformer import Transformer

g = torch.Generator().manual_seed(0)
model = Transformer(30, 13, 32, 4, 2, 64, padding=0, generator=g).eval()
source, target = torch.tensor([[4, 9, 2]]), torch.tensor([[1, 5]])
alone = model(source, target)
with torch.no_grad():
    right = model(torch.tensor([[4, 9, 2, 0, 0]]), torch.tensor([[1, 5, 0]]))
    left = model(torch.tensor([[0, 0, 4, 9, 2]]), torch.tensor([[0, 1, 5]]))
print("filled at the right:", torch.allclose(right[:, :2], alone, atol=1e-5))
print("filled at the left: ", torch.allclose(left[:, 1:], alone, atol=1e-5))
