import torch
from torch import nn
from torch.utils.checkpoint import checkpoint_sequential

from dlbook.forward import saved_bytes


class InSegments(nn.Module):
    def __init__(self, model, segments):
        super().__init__()
        self.model, self.segments = model, segments

    def forward(self, x):
        how = {"segments": self.segments, "use_reentrant": False}
        return checkpoint_sequential(self.model, input=x, **how)


layers = [part for _ in range(16) for part in (nn.Linear(64, 64), nn.ReLU())]
model, x = nn.Sequential(*layers).double(), torch.ones(100, 64).double()
expected = torch.autograd.grad(model(x).sum(), model.parameters())
for segments in (1, 2, 4, 8, 16):
    run = InSegments(model, segments)
    slopes = torch.autograd.grad(run(x).sum(), model.parameters())
    print(f"{segments:2} segments: {saved_bytes(run, x):7,} bytes kept, same"
          f" gradients {all(map(torch.allclose, slopes, expected))}")
