import torch

from dlbook.transformer.gpt import GPT

rng = torch.Generator().manual_seed(0)
model = GPT(20, 16, 32, 4, 2, generator=rng).eval()
ids = torch.randint(20, (1, 10), generator=rng)
edited = ids.clone()
edited[0, 6] = (ids[0, 6] + 1) % 20
changed = (model(ids) - model(edited)).abs().amax(-1)[0] > 0
print("changed at:", changed.nonzero().flatten().tolist())
