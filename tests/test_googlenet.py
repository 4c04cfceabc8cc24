"""GoogLeNet: values, gradients, laws, and what is refused."""

import torch

from dlbook.googlenet import googlenet


def test_it_gives_what_the_page_says():
    assert torch.equal(googlenet(torch.ones(2)), torch.ones(2))
