"""Attention at scale: values, gradients, laws, and what is refused."""

import torch

from dlbook.attention_at_scale import attention_at_scale


def test_it_gives_what_the_page_says():
    assert torch.equal(attention_at_scale(torch.ones(2)), torch.ones(2))
