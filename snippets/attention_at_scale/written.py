import torch

import dlbook
from dlbook.attention_at_scale.writing import Writer, write

g = torch.Generator().manual_seed(0)
model = Writer(100, d_model=64, heads=4, layers=3, generator=g).double()
model.to(dlbook.device())
ids = torch.randint(100, (2, 5), generator=g).to(dlbook.device())
text = write(model, ids, more=40)
print("same tokens:", torch.equal(text, write(model, ids, 40, cached=False)))
with torch.no_grad():
    whole, caches = model(text), model.new_caches(45, texts=2)
    each = [model(token, caches) for token in text.split(1, dim=1)]
gap = (torch.cat(each, 1) - whole).abs().max()
print("largest difference of the scores below 1e-12:", (gap < 1e-12).item())
print("bytes of the cache:", sum(cache.nbytes for cache in caches))
