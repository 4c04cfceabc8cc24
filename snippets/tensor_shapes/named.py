import torch
from einops import rearrange, reduce, repeat

from dlbook.data import photo

g = torch.Generator().manual_seed(0)
nhwc = torch.rand(8, 32, 32, 3, generator=g)
x = rearrange(nhwc, "n h w c -> n c h w")
print("permute:", torch.equal(x, nhwc.permute(0, 3, 1, 2)))
flat = rearrange(x, "n c h w -> n (c h w)")
print("flatten:", torch.equal(flat, x.flatten(1)))
means = reduce(x, "n c h w -> c 1 1", "mean")
print("mean:", torch.allclose(means, x.mean((0, 2, 3))[:, None, None]))
gray = repeat(x[:, 0], "n h w -> n c h w", c=3)
print("expand:", torch.equal(gray, x[:, :1].expand(x.shape)))
patches = rearrange(photo("china", width=160)[:, :96],
                    "c (r h) (s w) -> (r s) c h w", h=16, w=16)
print("patches of a photo:", tuple(patches.shape))
