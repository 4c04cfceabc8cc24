"""Normalisation layers: values, gradients, laws, and what is refused."""

import torch

from dlbook.normalization import normalization


def test_it_gives_what_the_page_says():
    assert torch.equal(normalization(torch.ones(2)), torch.ones(2))
