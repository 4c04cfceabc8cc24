"""Captions for pictures: values, gradients, laws, and what is refused."""

import torch

from dlbook.captioning import captioning


def test_it_gives_what_the_page_says():
    assert torch.equal(captioning(torch.ones(2)), torch.ones(2))
