import torch

g = torch.Generator().manual_seed(0)
first = torch.randn(16, 192, generator=g, dtype=torch.float64)
kernel = torch.randn(32, 16, 5, 5, generator=g, dtype=torch.float64)
both = torch.einsum("ormn,ri->oimn", kernel, first)
x = torch.randn(1, 192, 9, 9, generator=g, dtype=torch.float64)
apart = torch.nn.functional.conv2d(
    torch.nn.functional.conv2d(x, first[:, :, None, None]), kernel)
print("the same:", torch.allclose(
    apart, torch.nn.functional.conv2d(x, both)))
matrix = both.movedim(1, -1).reshape(-1, 192)  # a row for each o, m, n
print("matrix", tuple(matrix.shape), "rank", int(
    torch.linalg.matrix_rank(matrix)))
