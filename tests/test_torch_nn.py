"""The nn library: values, gradients, laws, and what is refused."""

import torch

from dlbook.torch_nn import torch_nn


def test_it_gives_what_the_page_says():
    assert torch.equal(torch_nn(torch.ones(2)), torch.ones(2))
