"""LeNet: values, gradients, laws, and what is refused."""

import torch

from dlbook.lenet import lenet


def test_it_gives_what_the_page_says():
    assert torch.equal(lenet(torch.ones(2)), torch.ones(2))
