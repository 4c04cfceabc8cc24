"""The photographs."""

import pytest
import torch

from dlbook.data import PHOTOS, photo


@pytest.mark.parametrize("name", PHOTOS)
def test_photo_is_colour_between_0_and_1(name):
    pixels = photo(name)
    assert pixels.shape == (3, 427, 640)
    assert pixels.dtype == torch.float32
    assert pixels.min() >= 0
    assert 0.9 < pixels.max() <= 1


def test_photo_has_red_green_and_blue_in_this_order():
    red, green, blue = photo("flower")[:, 230, 220:420].mean(1)  # an orange dahlia
    assert red > green > blue


def test_photo_shrinks_by_averaging():
    small = photo("china", width=160)
    assert small.shape == (3, 107, 160)
    torch.testing.assert_close(small.mean((1, 2)), photo("china").mean((1, 2)), atol=0.01, rtol=0)
    half = photo("china", width=320)[:, 0, 0]
    assert half.shape == (3,)


def test_photo_is_a_copy():
    photo("china").zero_()
    assert photo("china").any()


def test_photo_refuses_other_names_and_widths():
    with pytest.raises(ValueError, match=r"there are the photos .* not 'cat'"):
        photo("cat")
    for width in (0, 641):
        with pytest.raises(ValueError, match=f"width must be an integer from 1 to 640, got {width}"):
            photo("china", width=width)
