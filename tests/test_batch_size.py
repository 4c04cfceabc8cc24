"""Batch size: values, gradients, laws, and what is refused."""

import torch

from dlbook.batch_size import batch_size


def test_it_gives_what_the_page_says():
    assert torch.equal(batch_size(torch.ones(2)), torch.ones(2))
