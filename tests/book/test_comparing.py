"""Comparing outputs: what passes, what must not."""

import pytest

from dlbook.book.listings.comparing import same_text


@pytest.mark.parametrize(
    ("recorded", "now"),
    [
        ("loss 0.0619", "loss 0.0619"),
        ("loss 0.0619", "loss 0.0620"),  # one unit in the last place: the edge of rounding
        ("a  b\n", "a b"),
        ("-0.00", "0.00"),
        ("1.20e-07", "1.21e-07"),
        ("tensor([1.0, 2.0])", "tensor([1.0,  2.0])"),
        ("output 0 of Tanh, is", "output 0 of TanhBackward0, is"),  # torch 2.13, torch 2.11
    ],
)
def test_equal_to_the_precision_shown(recorded, now):
    assert same_text(recorded, now)


@pytest.mark.parametrize(
    ("recorded", "now"),
    [
        ("loss 0.0619", "loss 0.0621"),
        ("loss 0.0619", "loss 0.06"),
        ("loss 0.06", "loss 0.0619"),
        ("size 5", "size 6"),
        ("size 5", "size 5.0"),
        ("True", "False"),
        ("1.20e-07", "1.20e-06"),
        ("3.5", "-3.5"),
        ("one\ntwo", "one two"),
        ("5x5", "5x6"),
        ("output 0 of Tanh", "output 0 of ReluBackward0"),
        ("", "anything"),
    ],
)
def test_different(recorded, now):
    assert not same_text(recorded, now)


def test_measured_numbers_may_differ_but_words_may_not():
    assert same_text("took 0.31 s, faster: True", "took 12.5 s, faster: True", numbers=False)
    assert not same_text("took 0.31 s, faster: True", "took 0.31 s, faster: False", numbers=False)
    assert not same_text("one 1", "one 1 2", numbers=False)
