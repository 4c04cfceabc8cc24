import torch

from dlbook.transformer.generation import Sampler, beam, write
from dlbook.transformer.gpt import GPT

rng = torch.Generator().manual_seed(0)
model = GPT(50, 40, 32, 4, 3, generator=rng).double().eval()
ids = torch.randint(50, (4, 5), generator=rng)


def sampler():
    return Sampler(torch.Generator().manual_seed(1), 0.9, k=20, p=0.95)


for more in 20, 90:  # the model can see 40
    with_it = write(model, ids, more, sampler())
    without = write(model, ids, more, sampler(), cached=False)
    print(f"drawn, {more} more tokens, equal:", torch.equal(with_it, without))
with_it, sums = beam(model, ids[0], 30, 6)
without, others = beam(model, ids[0], 30, 6, cached=False)
print("beams equal:", torch.equal(with_it, without),
      bool((sums - others).abs().max() < 1e-9))
