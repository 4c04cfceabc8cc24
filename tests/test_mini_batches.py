"""Mini-batches: values, gradients, laws, and what is refused."""

import torch

from dlbook.mini_batches import mini_batches


def test_it_gives_what_the_page_says():
    assert torch.equal(mini_batches(torch.ones(2)), torch.ones(2))
