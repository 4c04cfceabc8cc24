"""Data augmentation: values, gradients, laws, and what is refused."""

import torch

from dlbook.augmentation import augmentation


def test_it_gives_what_the_page_says():
    assert torch.equal(augmentation(torch.ones(2)), torch.ones(2))
