import torch
from einops import rearrange

from dlbook.data import photo

x = photo("china", width=160)[:, :96]
patches = rearrange(x, "c (r h) (s w) -> (r s) c h w", h=16, w=16)
back = rearrange(patches, "(r s) c h w -> c (r h) (s w)", r=6)
print("the photo again:", torch.equal(back, x))
hand = x.reshape(3, 6, 16, 10, 16).permute(1, 3, 0, 2, 4)
print("by hand:", torch.equal(patches, hand.reshape(60, 3, 16, 16)))
unfolded = torch.nn.functional.unfold(x[None], 16, stride=16)[0]
again = rearrange(unfolded, "(c h w) p -> p c h w", c=3, h=16)
print("by unfold:", torch.equal(patches, again))
