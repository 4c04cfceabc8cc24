"""Recurrent networks: values, gradients, laws, and what is refused."""

import torch

from dlbook.rnn import rnn


def test_it_gives_what_the_page_says():
    assert torch.equal(rnn(torch.ones(2)), torch.ones(2))
