"""The photographs, the digits and the texts."""

import pytest
import torch

from dlbook.data import PHOTOS, corpus, digits, petals, photo


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


def test_digits_are_images_with_their_labels():
    images, labels = digits()
    assert images.shape == (1797, 1, 8, 8)
    assert images.dtype == torch.float32
    assert labels.dtype == torch.int64
    assert images.unique().tolist() == [step / 16 for step in range(17)]
    assert labels.bincount().min() > 170, "each of the ten digits is there often"


def test_a_zero_is_hollow_and_a_one_is_not():
    images, labels = digits()
    middle = images[:, 0, 3:5, 3:5].mean((1, 2))
    assert middle[labels == 0].mean() < 0.2 < 0.8 < middle[labels == 1].mean()


def test_the_english_corpus_is_large_and_the_same_each_time():
    text = corpus("en")
    assert text == corpus()
    assert len(text) > 400_000
    assert text.lower().split().count("the") > 4000


def test_the_chinese_corpus_is_the_whole_story():
    text = corpus("zh")
    assert text.startswith("鲁镇的酒店的格局，是和别处不同的")
    assert text.endswith("大约孔乙己的确死了。\n")
    assert text.count("孔乙己") == 33
    assert len(text.splitlines()) == 13


def test_corpus_refuses_other_languages():
    with pytest.raises(ValueError, match=r"there are texts in .* not in 'fr'"):
        corpus("fr")


def test_petals_are_150_real_ones_in_centimetres():
    length, width = petals()
    assert length.shape == width.shape == (150,)
    assert length.dtype == torch.float64
    assert (length > width).all()
    assert 1 <= length.min() < length.max() < 7
    assert length[:50].mean() < 2  # setosa comes first
    assert length[100:].mean() > 5  # virginica last
    assert torch.corrcoef(torch.stack([length, width]))[0, 1] == pytest.approx(0.963, abs=0.001)
