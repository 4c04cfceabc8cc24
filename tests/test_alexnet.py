"""AlexNet: values, gradients, laws, and what is refused."""

import torch

from dlbook.alexnet import alexnet


def test_it_gives_what_the_page_says():
    assert torch.equal(alexnet(torch.ones(2)), torch.ones(2))
