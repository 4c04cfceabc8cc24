import torch

from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 6, 32, generator=g)  # texts, words, columns
other = x.clone()
other[:, 5] = 0  # another last word
for swap in (False, True):
    outputs = []
    for rows in (x, other):
        parts = rows.unflatten(-1, (4, 8))  # texts, words, heads, d_k
        parts = parts.transpose(1, 2) if swap else parts
        y = attention(parts, parts, parts)
        outputs.append((y.transpose(1, 2) if swap else y).flatten(2))
    same = outputs[0][:, 0].allclose(outputs[1][:, 0])
    print(f"axes swapped: {swap!s:5} {tuple(outputs[0].shape)}",
          " word 0 notices the change:", not same)
