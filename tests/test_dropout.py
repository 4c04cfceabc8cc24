"""Dropout: values, gradients, laws, and what is refused."""

import torch

from dlbook.dropout import dropout


def test_it_gives_what_the_page_says():
    assert torch.equal(dropout(torch.ones(2)), torch.ones(2))
