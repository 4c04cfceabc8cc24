import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import dlbook.rnn

rng = torch.Generator().manual_seed(0)
x = torch.randn(7, 4, 3, generator=rng).double()
lengths = torch.tensor([7, 2, 5, 1])
for name in ("RNN", "GRU", "LSTM"):
    how = {"num_layers": 2, "bidirectional": True}
    ours = getattr(dlbook.rnn, name)(3, 5, **how).double()
    theirs = getattr(nn, name)(3, 5, **how).double()
    theirs.load_state_dict(ours.state_dict())
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    found = ours(x)[0], ours(x, lengths=lengths)[0]
    right = theirs(x)[0], pad_packed_sequence(theirs(packed)[0])[0]
    gaps = []
    for y, z in zip(found, right, strict=True):
        a, b = (torch.autograd.grad(t.pow(2).sum(), m.parameters())
                for t, m in ((y, ours), (z, theirs)))
        pairs = [(y, z), *zip(a, b, strict=True)]
        gaps += [(p - q).abs().max() for p, q in pairs]
    print(f"{name:4} whole and packed, values and gradients:",
          "equal" if max(gaps) < 1e-12 else max(gaps))
