import torch

from dlbook.convolution import conv2d

ring = torch.tensor([[1.0, 1, 1], [1, 0, 1], [1, 1, 1]])[None, None]


def step(cells):
    neighbours = conv2d(cells, ring, padding=1)
    stays = (cells == 1) & (neighbours == 2)
    return (stays | (neighbours == 3)).float()


cells = torch.zeros(1, 1, 6, 6)
for row, column in [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]:
    cells[0, 0, row, column] = 1
start = cells
for _ in range(4):
    cells = step(cells)
for old, new in zip(start[0, 0].int(), cells[0, 0].int(), strict=True):
    print(*(".#"[c] for c in old), "  ", *(".#"[c] for c in new))
