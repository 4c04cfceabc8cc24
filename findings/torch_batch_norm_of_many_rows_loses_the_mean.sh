#!/usr/bin/env bash
# torch 2.13.0, on the CPU, float32, one thread.
# Behaviour: batch norm of an input of two axes, (rows, channels), adds up the rows of a channel one after the other in
#   float32. From some million rows on the variance drifts; and as soon as a sum has reached 2**24, numbers below 1 no
#   longer raise it. With several threads each has a share of the rows, so the same comes later. The same numbers as
#   (1, channels, rows) are added up in blocks, and come out right.
# Expected: `running_mean`, `running_var` and the output are as exact as `x.mean()` and `x.var()` of the same tensor,
#   in either layout.
# Seen, uniform numbers from 0 to 1 (mean 0.5, variance 0.0833):
#   16,000,000 rows: mean 0.5001, variance 0.0817; as (1, 1, rows) 0.5001, 0.0834
#   64,000,000 rows: mean 0.2621, variance 0.1252; as (1, 1, rows) 0.5000, 0.0833
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
cat > look.py <<'PY'
import torch
from torch import nn

torch.set_num_threads(1)
generator = torch.Generator().manual_seed(0)
for rows in (16_000_000, 64_000_000):
    x = torch.rand(rows, generator=generator)
    found = {}
    for shape in ((rows, 1), (1, 1, rows)):
        norm = nn.BatchNorm1d(1, momentum=1.0).requires_grad_(False)
        norm(x.view(shape))
        found[len(shape)] = norm.running_mean.item(), norm.running_var.item()
        print(rows, shape, *(f"{number:.4f}" for number in found[len(shape)]))
    assert abs(x.mean().item() - 0.5) < 1e-3 and abs(found[3][0] - 0.5) < 1e-3
assert abs(found[3][1] - 1 / 12) < 1e-4
assert found[2][0] < 0.3 and found[2][1] > 0.12
PY
venv/bin/python look.py
