from math import log

from dlbook.positional_encoding import alibi, alibi_slopes

rows = alibi(1000, heads=8).softmax(-1)[:, -1].flip(-1)
for m, row in zip(alibi_slopes(8).tolist(), rows, strict=True):
    half = (row.cumsum(0) < 0.5).sum().item() + 1
    print(f"slope 1/{1 / m:.0f}: half of the weight", end=" ")
    print(f"is on the last {half}, ln 2 / m = {log(2) / m:.1f}")
