import torch

import dlbook
from dlbook.embedding import Embedding, embed_one_hot, lookup_gradient

g = torch.Generator().manual_seed(0)
ids = torch.randint(10, (2, 7), generator=g).to(dlbook.device())
grad_y = torch.randn(2, 7, 4, dtype=torch.float64, generator=g)
grad_y = grad_y.to(dlbook.device())
ours = Embedding(10, 4, generator=g).double().to(dlbook.device())
torchs = torch.nn.Embedding(10, 4).double().to(dlbook.device())
torchs.load_state_dict(ours.state_dict())
product = lambda ids: embed_one_hot(ours.weight, ids)  # noqa: E731

layers = {"ours": ours, "torch's": torchs, "product": product}
for name, layer in layers.items():
    weight = torchs.weight if name == "torch's" else ours.weight
    y = layer(ids)
    (slopes,) = torch.autograd.grad(y, weight, grad_y)
    by_hand = lookup_gradient(grad_y, ids, 10)
    print(f"{name}: value {y.equal(ours(ids))},"
          f" gradient {slopes.allclose(by_hand)}")
