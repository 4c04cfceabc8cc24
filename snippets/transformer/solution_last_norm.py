import torch

from dlbook.transformer import Encoder

for place in "after", "before":
    g = torch.Generator().manual_seed(0)
    model = Encoder(32, 4, 64, 3, norm=place, last_norm=True, generator=g)
    x = torch.randn(6, 32, generator=g)
    y = model(x)
    model.norm = torch.nn.Identity()
    print(f"norm {place}: the last norm moves a number by"
          f" {(y - model(x)).abs().max():.0e}")
