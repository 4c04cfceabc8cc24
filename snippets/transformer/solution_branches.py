import torch

from dlbook.transformer import Encoder

depth = 24
for place in "after", "before":
    for factor in 1.0, (2 * depth) ** -0.5:
        sizes = []
        for seed in range(5):
            g = torch.Generator().manual_seed(seed)
            model = Encoder(32, 4, 64, depth, norm=place, generator=g)
            for layer in model.layers:
                for part in layer.attention, layer.feed:
                    part.layer.output.weight.data *= factor
            x = torch.randn(8, 32, generator=g)
            with torch.no_grad():
                for layer in model.layers:
                    x = layer(x)
            sizes.append([(x - x.mean(0)).norm() / x.norm(), x.std()])
        differ, size = torch.tensor(sizes).median(0).values
        print(f"norm {place:6} f times {factor:.2f}: words differ by"
              f" {differ:.0e}, numbers are of size {size:.1f}")
