import torch

from dlbook.positional_encoding import rope

g = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 5, 8, generator=g).double()
whole = (rope(q) @ rope(k).T)[-1]
new = q[-1:]  # the fifth word, read alone; the keys are kept, turned
for name, query in {
    "place 0": rope(new), "place 4": rope(new, torch.tensor([4])),
}.items():
    same = torch.allclose((query @ rope(k).T)[0], whole)
    print(f"turned as {name}: the scores of the whole text: {same}")
