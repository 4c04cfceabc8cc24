#!/usr/bin/env bash
# torch 2.13.0.
# Behaviour: a prediction of shape (n, 1) and a target of shape (n,) are stretched to (n, n), and the loss is that of all pairs.
#   Of the losses that compare number by number, four warn (mse, l1, smooth_l1, huber), two refuse
#   (binary_cross_entropy_with_logits, soft_margin: the latter by accident, from an output that does not fit), and two say
#   nothing (poisson_nll, hinge_embedding). A line fitted with these learns one constant for all inputs, in silence.
# Expected: the warning, for every one of them.
# Seen: the list below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy
cat > look.py <<'PY'
import warnings

import torch
from torch.nn import functional

column, row = torch.rand(4, 1), torch.ones(4)
expected = {
    "mse_loss": "warns", "l1_loss": "warns", "smooth_l1_loss": "warns", "huber_loss": "warns",
    "binary_cross_entropy_with_logits": "refuses", "soft_margin_loss": "refuses",
    "poisson_nll_loss": "says nothing", "hinge_embedding_loss": "says nothing",
}
for name, words in expected.items():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            getattr(functional, name)(column, row)
            seen = "warns" if caught else "says nothing"
        except (RuntimeError, ValueError):
            seen = "refuses"
    print(f"{name}: {seen}")
    assert seen == words
PY
venv/bin/python look.py
