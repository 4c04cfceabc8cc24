#!/usr/bin/env bash
# torch 2.13.0, `torch.Generator().manual_seed(seed)` and `torch.manual_seed(seed)` on the CPU.
# Behaviour: seeds that differ by a multiple of 2**32 give the same numbers, though `initial_seed()` tells them apart. Only the lowest 32
#   bits reach the Mersenne Twister. So a seed made of parts (rank in the high bits, step in the low ones) is the same for every rank.
# Expected: the documentation allows any 64-bit integer, so different seeds give different numbers, as NumPy's default_rng does.
# Seen: initial seeds differ: True, numbers equal: True (NumPy: False)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
cat > try.py <<'PY'
import numpy as np
import torch

seeds = [7, 7 + 2**32]
generators = [torch.Generator().manual_seed(seed) for seed in seeds]
first, second = (torch.rand(1000, generator=generator) for generator in generators)
differ = generators[0].initial_seed() != generators[1].initial_seed()
one, other = (np.random.default_rng(seed).random(1000) for seed in seeds)
print(f"initial seeds differ: {differ}, numbers equal: {torch.equal(first, second)} (NumPy: {bool((one == other).all())})")
PY
venv/bin/python try.py | tee seen
grep -qx "initial seeds differ: True, numbers equal: True (NumPy: False)" seen
