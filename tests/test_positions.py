"""Positions in attention: values, gradients, laws, and what is refused."""

import torch

from dlbook.positions import positions


def test_it_gives_what_the_page_says():
    assert torch.equal(positions(torch.ones(2)), torch.ones(2))
