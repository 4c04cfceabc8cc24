import torch

from dlbook.attention_at_scale.writing import Writer

g = torch.Generator().manual_seed(0)
model = Writer(100, d_model=64, heads=4, layers=3, generator=g).double()
ids = torch.randint(100, (1, 20), generator=g)
caches = model.new_caches(20)
with torch.no_grad():
    whole, found = model(ids), []
    for token in ids.split(1, dim=1):
        length = caches[0].length
        caches[0].length = 0  # the model takes its place from here ...
        x = model.rows[token] + model.rows.new_tensor([0.0, 1] * 32)
        caches[0].length = length  # ... and so it was always place 0
        for layer, cache in zip(model.layers, caches, strict=True):
            x = x + layer(x, cache)
        found.append(x @ model.read.T)
gap = (torch.cat(found, 1) - whole).abs().amax(2)[0]
print("first token right:", (gap[0] < 1e-12).item())
print("others right:", (gap[1:] < 1e-12).sum().item(), "of 19")
