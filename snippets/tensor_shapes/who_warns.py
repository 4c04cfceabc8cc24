import warnings

import torch
from torch.nn import functional

column, row = torch.rand(4, 1), torch.ones(4)
for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss",
             "poisson_nll_loss", "hinge_embedding_loss",
             "binary_cross_entropy_with_logits", "soft_margin_loss"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            getattr(functional, name)(column, row)
            answer = "warns" if caught else "says nothing"
        except (RuntimeError, ValueError) as error:
            answer = f"refuses ({type(error).__name__})"
    print(f"{name:33} {answer}")
