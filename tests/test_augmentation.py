"""Data augmentation: each image its own draw, every formula by a second way, and what is refused."""

import importlib
import itertools
import math
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn.functional import affine_grid, cross_entropy, grid_sample, one_hot, pad
from torch.testing import assert_close

from dlbook.augmentation import (
    Colours,
    bilinear,
    colour_axes,
    colour_shifts,
    colours,
    count_views,
    crop,
    eigen,
    flip,
    framed,
    in_turn,
    mean_prediction,
    mixing,
    mixup,
    places,
    random_colour,
    random_crop,
    random_cutout,
    random_flip,
    random_mixup,
    random_rotation,
    rotate,
    sending,
    shift_colours,
    ten_crop,
    to_bytes,
    turning,
)
from dlbook.data import photo
from dlbook.datasets import load
from dlbook.experiment import fit_many, split
from dlbook.training import Plan, train

TYPES = [torch.uint8, torch.bool, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(14)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def numbered(n, c, h, w):
    """Images of which no two pixels are alike."""
    return torch.arange(n * c * h * w).reshape(n, c, h, w)


def places_of(views, image, size):
    """Where in an image each view was cut out."""
    rows, columns = size
    found = image.unfold(1, rows, 1).unfold(2, columns, 1).flatten(1, 2)  # (c, places, rows, columns)
    return [(found == view[:, None]).flatten(2).all(2).all(0).nonzero().item() for view in views]


# Flips and crops


def test_a_flip_mirrors_the_named_images_and_no_others():
    x = numbered(3, 2, 2, 3)
    y = flip(x, torch.tensor([True, False, True]))
    for i, j in itertools.product(range(2), range(3)):
        assert torch.equal(y[0, :, i, j], x[0, :, i, 2 - j])
        assert torch.equal(y[1, :, i, j], x[1, :, i, j])
        assert torch.equal(y[2, :, i, j], x[2, :, i, 2 - j])


@pytest.mark.parametrize("dtype", TYPES)
def test_flips_and_crops_take_any_type_and_keep_it(rng, dtype):
    x = torch.randint(0, 2, (4, 3, 6, 7), generator=rng).to(dtype)
    for y in (random_flip(x, rng), random_crop(x, (6, 7), rng), framed(x, 0), random_cutout(x, 1, rng)):
        assert (y.dtype, y.shape) == (dtype, x.shape)
    assert torch.equal(random_crop(x, (6, 7), rng), x)
    assert ten_crop(x, 4).dtype == dtype


def test_each_image_is_flipped_by_its_own_draw_with_probability_p(rng):
    x = numbered(1, 1, 1, 2).expand(20_000, 1, 1, 2)
    for p in (0.0, 0.1, 0.5, 1.0):
        flipped = (random_flip(x, rng, p)[:, 0, 0, 0] == 1).double()
        assert abs(flipped.mean().item() - p) <= 4 * math.sqrt(p * (1 - p) / 20_000)
        neighbours = (flipped[1:] * flipped[:-1]).mean().item()
        assert abs(neighbours - p * p) <= 0.02


def test_all_places_of_a_crop_come_equally_often_and_rows_and_columns_apart(rng):
    image = numbered(1, 2, 4, 6)
    views = random_crop(image.expand(6000, -1, -1, -1), (3, 2), rng)
    counts = torch.bincount(torch.tensor(places_of(views, image[0], (3, 2))), minlength=10)
    assert counts.shape == (10,)  # 2 rows, 5 columns
    assert (counts - 600).abs().max() < 4.5 * math.sqrt(600)


def test_the_first_and_the_last_place_are_reached(rng):
    image = numbered(1, 1, 5, 5)
    found = set(places_of(random_crop(image.expand(300, -1, -1, -1), 4, rng), image[0], (4, 4)))
    assert found == {0, 1, 2, 3}


@pytest.mark.parametrize("padding", [0, 2, (1, 3)])
def test_padding_is_that_of_torch(rng, padding):
    x = torch.rand(2, 3, 4, 5, generator=rng)
    high, wide = padding if isinstance(padding, tuple) else (padding, padding)
    assert torch.equal(framed(x, padding), pad(x, (wide, wide, high, high)))
    same = random_crop(x, (4 + 2 * high, 5 + 2 * wide), rng, padding)
    assert torch.equal(same, framed(x, padding))


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(1, 3), st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_crop_is_the_slice_of_each_image(n, c, h, w, data):
    x = numbered(n, c, h, w)
    rows, columns = data.draw(st.integers(1, h)), data.draw(st.integers(1, w))
    corners = [(data.draw(st.integers(0, h - rows)), data.draw(st.integers(0, w - columns))) for _ in range(n)]
    y = crop(x, torch.tensor(corners, dtype=torch.int64).reshape(n, 2), (rows, columns))
    assert y.shape == (n, c, rows, columns)
    for image, (i, j) in enumerate(corners):
        assert torch.equal(y[image], x[image, :, i : i + rows, j : j + columns])


def test_images_that_lie_in_another_order_in_memory_give_the_same(rng):
    x = torch.rand(5, 3, 8, 6, generator=rng)
    other = x.contiguous(memory_format=torch.channels_last)
    across = x.transpose(2, 3).contiguous().transpose(2, 3)
    for function in (
        random_flip,
        lambda x, g: random_crop(x, 5, g, 1),
        lambda x, g: random_cutout(x, 3, g),
        lambda x, g: random_rotation(x, 20, g),
        lambda x, g: random_colour(x, colour_axes(x), g),
        lambda x, _: ten_crop(x, 5),
    ):
        for same in (other, across):
            assert_close(function(same, seeded()), function(x, seeded()), rtol=0, atol=1e-6)


def test_no_image_gives_no_image(rng):
    x = torch.zeros(0, 3, 8, 9)
    axes = colour_axes(torch.rand(1, 3, 2, 2, generator=rng))
    assert random_flip(x, rng).shape == random_rotation(x, 9, rng).shape == x.shape
    assert random_cutout(x, 2, rng).shape == random_colour(x, axes, rng).shape == x.shape
    assert random_crop(x, 4, rng).shape == (0, 3, 4, 4)
    assert ten_crop(x, 4).shape == (10, 0, 3, 4, 4)


def test_nothing_is_changed_in_place(rng):
    x = torch.rand(6, 3, 8, 8, generator=rng)
    before = x.clone()
    ways = [random_flip, lambda x, g: random_crop(x, 8, g, 2), lambda x, g: random_cutout(x, 3, g)]
    ways += [lambda x, g: random_rotation(x, 9, g), lambda x, g: random_colour(x, colour_axes(x), g)]
    in_turn(*ways)(x, rng)
    assert torch.equal(x, before)


def test_one_seed_gives_the_same_views_and_another_seed_others():
    x = torch.rand(8, 3, 12, 12, generator=seeded())
    way = in_turn(random_flip, lambda x, g: random_crop(x, 8, g), lambda x, g: random_cutout(x, 3, g))
    assert torch.equal(way(x, seeded(1)), way(x, seeded(1)))
    assert not torch.equal(way(x, seeded(1)), way(x, seeded(2)))


def test_gradients_go_back_to_the_pixels_that_were_seen(rng):
    x = torch.rand(2, 2, 5, 5, generator=rng, dtype=torch.float64, requires_grad=True)
    corners, which = torch.tensor([[0, 1], [2, 2]]), torch.tensor([True, False])
    shifts = torch.rand(2, 2, generator=rng, dtype=torch.float64)
    angles = torch.tensor([20.0, -50.0], dtype=torch.float64)
    for way in (
        lambda x: crop(x, corners, 3),
        lambda x: flip(x, which),
        lambda x: shift_colours(x, shifts),
        lambda x: rotate(x, angles),
        lambda x: ten_crop(x, 4),
    ):
        assert torch.autograd.gradcheck(way, x)


# Counting views


@pytest.mark.equation("augmentation_views")
@pytest.mark.parametrize(("size", "window"), [((5, 7), (3, 4)), ((4, 4), (4, 4)), ((6, 3), (1, 3))])
def test_the_number_of_views_is_that_of_all_that_can_be_listed(size, window):
    (h, w), (r, s) = size, window
    image = numbered(1, 1, h, w)
    views = [image[..., i : i + r, j : j + s] for i in range(h) for j in range(w) if i + r <= h and j + s <= w]
    different = {tuple(v.flatten().tolist()) for v in [*views, *[v.flip(3) for v in views]]}
    if s > 1:  # one column is its own mirror image
        assert len(different) == count_views(size, window) == 2 * (h - r + 1) * (w - s + 1)
    assert count_views(size, window, flips=False) == len(views)


def test_the_paper_says_2048_and_there_are_2178_places():
    assert (count_views(256, 224), count_views(256, 224, flips=False)) == (2178, 33**2)
    assert 2 * 32**2 == 2048
    assert count_views(256, 227) == 1800


@pytest.mark.equation("augmentation_distinct")
def test_how_many_views_are_met_is_what_chance_gives(rng):
    views, times = 18, 10
    expected = views * (1 - (1 - 1 / views) ** times)
    drawn = torch.randint(views, (4000, times), generator=rng)
    met = torch.tensor([float(len(set(row))) for row in drawn.tolist()])
    assert abs(met.mean() - expected) < 4 * met.std() / math.sqrt(4000)
    assert round(2178 * (1 - (1 - 1 / 2178) ** 90)) == 88


# Ten crops


def test_ten_crops_are_the_corners_and_the_middle_and_their_mirror_images():
    x = numbered(2, 3, 8, 10)
    views = ten_crop(x, (4, 6))
    for which, (i, j) in enumerate([(0, 0), (0, 4), (4, 0), (4, 4), (2, 2)]):
        assert torch.equal(views[which], x[:, :, i : i + 4, j : j + 6])
        assert torch.equal(views[5 + which], x.flip(3)[:, :, i : i + 4, j : j + 6])
    assert len({tuple(v.flatten().tolist()) for v in views}) == 10


def test_the_middle_between_two_pixels_is_the_one_before():
    assert ten_crop(numbered(1, 1, 5, 5), 2)[4, 0, 0].tolist() == [[6, 7], [11, 12]]


def test_the_mean_prediction_is_that_of_probabilities(rng):
    net = nn.Sequential(nn.Flatten(), nn.Linear(12, 3)).double()
    views = torch.rand(10, 4, 3, 2, 2, generator=rng, dtype=torch.float64)
    expected = sum(net(view).exp() / net(view).exp().sum(1, keepdim=True) for view in views) / 10
    assert_close(mean_prediction(net, views), expected)
    assert_close(mean_prediction(net, views[:1]), net(views[0]).softmax(1))


# Colours


def covariance(x):
    """Pixel by pixel."""
    rows = [x[n, :, i, j].double() for n in range(len(x)) for i in range(x.shape[2]) for j in range(x.shape[3])]
    mean = sum(rows) / len(rows)
    return mean, sum(torch.outer(row - mean, row - mean) for row in rows) / len(rows)


@pytest.mark.equation("augmentation_covariance")
def test_the_axes_are_the_eigenvectors_of_the_covariance_of_the_pixels(rng):
    x = torch.rand(3, 3, 4, 5, generator=rng) @ torch.rand(5, 5, generator=rng)
    x[:, 2] += 0.5 * x[:, 0]
    found, (mean, c) = colour_axes(x), covariance(x)
    assert_close(found.mean, mean)
    assert_close(found.vectors @ found.values.diag() @ found.vectors.T, c)
    values, vectors = torch.linalg.eigh(c)
    assert_close(found.values, values.flip(0))
    assert_close((found.vectors * vectors.flip(1)).sum(0).abs(), torch.ones(3).double())


def test_the_axes_of_many_images_are_counted_in_parts_and_together(rng):
    x = torch.rand(1203, 3, 2, 2, generator=rng)
    c = torch.cov(x.transpose(0, 1).flatten(1).double(), correction=0)
    found = colour_axes(x)
    assert_close(found.vectors @ found.values.diag() @ found.vectors.T, c)
    assert_close(found.mean, x.double().mean((0, 2, 3)))


@pytest.mark.parametrize("name", ["china", "flower"])
def test_the_axes_of_a_photo_are_those_of_torch_up_to_sign(name):
    x = photo(name)[None]
    found = colour_axes(x)
    values, vectors = torch.linalg.eigh(torch.cov(x[0].flatten(1).double(), correction=0))
    assert_close(found.values, values.flip(0))
    assert_close((found.vectors * vectors.flip(1)).sum(0).abs(), torch.ones(3).double())


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(0, 10**6), st.sampled_from([1e-8, 1.0, 1e8]))
def test_eigen_is_eigh(size, seed, scale):
    a = torch.randn(size, size, generator=seeded(seed), dtype=torch.float64)
    a = scale * (a + a.T)
    values, vectors = eigen(a)
    assert_close(values, torch.linalg.eigvalsh(a).flip(0), rtol=1e-10, atol=1e-12 * scale)
    assert_close(a @ vectors, vectors * values, rtol=0, atol=1e-12 * scale)
    assert_close(vectors.T @ vectors, torch.eye(size).double(), rtol=0, atol=1e-12)


def test_eigen_takes_what_is_diagonal_or_has_equal_values():
    for a in (torch.zeros(3, 3), torch.eye(3), torch.tensor([1.0, 5.0, 3.0]).diag(), torch.ones(3, 3)):
        values, vectors = eigen(a)
        assert_close(vectors @ values.diag() @ vectors.T, a.double())
        assert values.tolist() == sorted(values.tolist(), reverse=True)
    assert eigen(torch.tensor([[7.0]]))[0].tolist() == [7]


@pytest.mark.equation("augmentation_turn")
def test_a_turn_by_the_angle_of_the_page_makes_the_entry_zero(rng):
    for _ in range(20):
        c = torch.randn(2, 2, generator=rng, dtype=torch.float64)
        c = c @ c.T
        phi = math.atan(2 * c[0, 1] / (c[1, 1] - c[0, 0])) / 2
        turn = torch.tensor([[math.cos(phi), math.sin(phi)], [-math.sin(phi), math.cos(phi)]], dtype=torch.float64)
        assert abs((turn.T @ c @ turn)[0, 1]) < 1e-12 * c.abs().max()


def spread_of(drawn):
    return drawn.T @ drawn / len(drawn)


@pytest.mark.equation("augmentation_shift")
def test_the_covariance_of_the_shifts_is_that_of_the_page(rng):
    axes, n = colour_axes(photo("flower", width=64)[None]), 200_000
    shifts = colour_shifts(axes, n, rng)
    assert shifts.mean(0).abs().max() < 4 * 0.1 * axes.values.max() / math.sqrt(n)
    expected = axes.vectors @ (0.1 * axes.values).square().diag() @ axes.vectors.T
    within = 4.5 * math.sqrt(2 / n)  # four and a half standard errors of a variance
    assert_close(spread_of(shifts), expected, rtol=0, atol=within * expected.max().item())
    alpha = shifts @ axes.vectors / axes.values  # along each axis by itself: the small ones count too
    assert_close(spread_of(alpha), 0.01 * torch.eye(3).double(), rtol=0, atol=within * 0.01)
    c = axes.vectors @ axes.values.diag() @ axes.vectors.T
    assert_close(expected, 0.01 * c @ c)


@pytest.mark.equation("augmentation_safe")
def test_the_other_form_has_the_covariance_of_the_pixels(rng):
    x, n = photo("flower", width=64)[None], 200_000
    axes = colour_axes(x)
    shifts = colour_shifts(axes, n, rng, sigma=0.3, form="deviation")
    expected = 0.09 * torch.cov(x[0].flatten(1).double(), correction=0)
    within = 4.5 * math.sqrt(2 / n)
    assert_close(spread_of(shifts), expected, rtol=0, atol=within * expected.max().item())
    alpha = shifts @ axes.vectors / axes.values.sqrt()
    assert_close(spread_of(alpha), 0.09 * torch.eye(3).double(), rtol=0, atol=within * 0.09)


@pytest.mark.equation("augmentation_unit")
@pytest.mark.parametrize("u", [255.0, 0.1])
def test_the_papers_shift_grows_with_the_square_of_the_unit_the_other_with_the_unit(u):
    x = photo("china", width=32)[None].double()
    small, large = colour_axes(x), colour_axes(u * x)
    large = large._replace(vectors=large.vectors * (large.vectors * small.vectors).sum(0).sign())
    for form, power in (("variance", 2), ("deviation", 1)):
        shifts = [colour_shifts(axes, 9, seeded(), form=form) for axes in (small, large)]
        assert_close(shifts[1], u**power * shifts[0])


def test_all_pixels_of_an_image_get_one_shift_and_each_image_its_own(rng):
    x = torch.rand(7, 3, 5, 5, generator=rng, dtype=torch.float64)
    axes = colour_axes(x)
    moved = random_colour(x, axes, seeded(3), sigma=2) - x
    assert_close(moved, moved[:, :, :1, :1].expand_as(x))
    assert_close(moved[:, :, 0, 0], colour_shifts(axes, 7, seeded(3), sigma=2))
    assert len({tuple(row) for row in moved[:, :, 0, 0].round(decimals=9).tolist()}) == 7


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_computed_in_single(rng, dtype):
    x = torch.rand(4, 3, 6, 6, generator=rng).to(dtype)
    shifts = torch.randn(4, 3, generator=rng)
    assert torch.equal(shift_colours(x, shifts), (x.float() + shifts[:, :, None, None]).to(dtype))
    turned = rotate(x, torch.full((4,), 30.0))
    assert turned.dtype == dtype
    assert torch.equal(turned, rotate(x.float(), torch.full((4,), 30.0)).to(dtype))


def test_bytes_are_rounded_and_never_wrap():
    x = torch.tensor([0, 1, 200, 254, 255], dtype=torch.uint8).reshape(1, 1, 1, 5)
    for shift, expected in (
        (10.4, [10, 11, 210, 255, 255]),
        (-1.6, [0, 0, 198, 252, 253]),
        (0.0, x.flatten().tolist()),
    ):
        y = shift_colours(x, torch.tensor([[shift]]))
        assert (y.dtype, y.flatten().tolist()) == (torch.uint8, expected)


def test_the_same_picture_as_bytes_and_as_floats_is_shifted_alike():
    floats = photo("flower", width=24)[None]
    x = to_bytes(floats)
    y = random_colour(x, colour_axes(x), seeded(), form="deviation")
    other = random_colour(x / 255, colour_axes(x / 255), seeded(), form="deviation")
    assert (y.float() - 255 * other.clamp(0, 1)).abs().max() <= 0.51


def test_to_bytes_cuts_off_and_rounds():
    x = torch.tensor([-5.0, -0.001, 0.0, 0.0019, 0.002, 0.5, 0.9999, 1.0, 1.2, 99.0])
    assert to_bytes(x).tolist() == [0, 0, 0, 0, 1, 128, 255, 255, 255, 255]
    every = torch.arange(256, dtype=torch.uint8)
    assert torch.equal(to_bytes(every / 255), every)
    assert torch.equal(to_bytes((every / 255).double()), every)
    assert to_bytes(torch.ones(2).half()).tolist() == [255, 255]


# Rotation


@pytest.mark.equation("augmentation_rotation")
def test_each_pixel_reads_from_where_the_formula_says():
    h, w, phi = 5, 7, math.radians(25)
    a, b = (h - 1) / 2, (w - 1) / 2
    rows = numbered(1, 1, h, w).double() // w  # each pixel is its own row
    columns = numbered(1, 1, h, w).double() % w
    degrees = torch.tensor([25.0], dtype=torch.float64)
    checked = 0
    for i, j in itertools.product(range(h), range(w)):
        down = a + (j - b) * math.sin(phi) + (i - a) * math.cos(phi)
        right = b + (j - b) * math.cos(phi) - (i - a) * math.sin(phi)
        if 0 <= down <= h - 1 and 0 <= right <= w - 1:  # where a plane is met exactly
            assert math.isclose(rotate(rows, degrees)[0, 0, i, j], down, abs_tol=1e-12)
            assert math.isclose(rotate(columns, degrees)[0, 0, i, j], right, abs_tol=1e-12)
            checked += 1
    assert checked > 15


@pytest.mark.equation("augmentation_bilinear")
def test_a_place_between_pixels_is_the_sum_of_the_page(rng):
    x = torch.rand(1, 2, 4, 5, generator=rng, dtype=torch.float64)
    for i, j in [(0, 0), (1.25, 2.5), (2.999, 0.001), (-0.4, 4.3), (3.5, 1), (9, 9), (-1, 0), (3, 4)]:
        weight = lambda u, v, i=i, j=j: max(0, 1 - abs(i - u)) * max(0, 1 - abs(j - v))  # noqa: E731
        expected = sum(weight(u, v) * x[0, :, u, v] for u in range(4) for v in range(5))
        at = [torch.tensor([[[float(value)]]], dtype=torch.float64) for value in (i, j)]
        assert_close(bilinear(x, *at)[0, :, 0, 0], expected)


@pytest.mark.parametrize("shape", [(6, 6), (5, 8), (7, 1)])
def test_rotation_is_that_of_affine_grid_and_grid_sample(rng, shape):
    h, w = shape
    x = torch.rand(5, 3, h, w, generator=rng, dtype=torch.float64)
    degrees = torch.tensor([0, 17.0, -95, 180, 400], dtype=torch.float64)
    phi, zero = degrees.deg2rad(), torch.zeros(5).double()
    upper = torch.stack([phi.cos(), -phi.sin() * h / w, zero], 1)
    lower = torch.stack([phi.sin() * w / h, phi.cos(), zero], 1)
    grid = affine_grid(torch.stack([upper, lower], 1), list(x.shape), align_corners=False)
    assert_close(rotate(x, degrees), grid_sample(x, grid, align_corners=False), rtol=0, atol=1e-12)


def test_a_quarter_turn_is_that_of_rot90_on_the_last_two_axes(rng):
    x = torch.rand(2, 3, 6, 6, generator=rng, dtype=torch.float64)
    for quarters in range(-2, 5):
        turned = rotate(x, torch.full((2,), 90.0 * quarters))
        assert_close(turned, x.rot90(quarters, (2, 3)), rtol=0, atol=1e-12)
    assert torch.rot90(torch.zeros(3, 4, 5)).shape == (4, 3, 5)  # by default it turns channels into rows


def test_random_angles_are_even_between_both_ends(rng):
    x = torch.zeros(4000, 1, 3, 3)
    x[:, :, 1, 2] = 1.0  # to the right of the middle
    y = random_rotation(x, 30, rng)
    angle = (y[:, 0, 0, 2] > 0).float() - (y[:, 0, 2, 2] > 0).float()  # up: counterclockwise
    assert abs(angle.mean()) < 0.07
    assert torch.equal(random_rotation(x, 0, rng), x)
    # bilinear weights: the dot keeps (1 - |1 - cos φ|) (1 - |sin φ|) where it was
    kept = torch.tensor([math.cos(t) * (1 - abs(math.sin(t))) for t in torch.linspace(-math.pi / 6, math.pi / 6, 999)])
    assert abs(y[:, 0, 1, 2].mean() - kept.mean()) < 0.02


# Holes and mixtures


def test_a_hole_is_a_window_around_any_pixel(rng):
    y = random_cutout(torch.ones(9000, 2, 3, 4), 3, rng)
    assert torch.equal(y[:, 0], y[:, 1])
    met = {tuple(image[0].flatten().tolist()) for image in y}
    expected = set()
    for i, j in itertools.product(range(3), range(4)):
        image = torch.ones(3, 4)
        image[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2] = 0
        expected.add(tuple(image.flatten().tolist()))
    assert met == expected
    middle = (y[:, 0, 1, 1] == 0).float().mean()  # hidden by 9 of 12 middles
    assert abs(middle - 9 / 12) < 0.02


def test_a_hole_of_an_even_size_lies_half_a_pixel_before_its_middle(rng):
    image = random_cutout(torch.ones(500, 1, 9, 9), (4, 2), rng)[:, 0]
    inner = image[(image[:, 0] == 1).all(1) & (image[:, -1] == 1).all(1) & (image[:, :, 0] == 1).all(1)]
    inner = inner[(inner[:, :, -1] == 1).all(1)]
    assert len(inner) > 100
    assert ((inner == 0).flatten(1).sum(1) == 8).all()


@pytest.mark.equation("augmentation_mixup")
def test_a_mixture_and_its_loss_are_those_of_the_page(rng):
    x, y = torch.rand(4, 1, 2, 2, generator=rng).double(), one_hot(torch.tensor([0, 2, 1, 2])).double()
    t, partners = torch.tensor([0.0, 1.0, 0.3, 0.75], dtype=torch.float64), torch.tensor([1, 2, 3, 0])
    mixed, labels = mixup(x, y, t, partners)
    scores = torch.rand(4, 3, generator=rng).double()
    for a, b in enumerate(partners.tolist()):
        assert_close(mixed[a], t[a] * x[a] + (1 - t[a]) * x[b])
        loss = t[a] * cross_entropy(scores[a], y[a].argmax()) + (1 - t[a]) * cross_entropy(scores[a], y[b].argmax())
        assert_close(cross_entropy(scores[a], labels[a]), loss)


def test_random_mixtures_have_weights_of_the_beta_distribution(rng):
    n = 20_000
    x = torch.zeros(n, 1, 1, 1)
    y = torch.eye(2)[torch.arange(n) % 2]
    for alpha in (0.2, 1.0, 3):
        _, labels = random_mixup(x, y.double(), rng, alpha)
        t = labels[labels.min(1).values > 0].max(1).values  # of those that were mixed with the other class: t or 1 - t
        expected = torch.distributions.Beta(alpha, alpha).sample((n,)).sub(0.5).abs()
        assert abs((t - 0.5).mean() - expected.mean()) < 0.01
    first, second = (
        random_mixup(torch.rand(6, 1, 2, 2, generator=seeded()), torch.eye(6), seeded(5)) for _ in range(2)
    )
    assert torch.equal(first[0], second[0])
    assert torch.equal(first[1], second[1])
    assert_close(first[1].sum(1), torch.ones(6))


# In training


def test_steps_go_one_after_the_other_with_one_generator():
    way = in_turn(
        lambda x, _: x + 1, lambda x, g: x * torch.rand(1, generator=g), lambda x, g: x + torch.rand(1, generator=g)
    )
    first, second = torch.rand(2, generator=seeded(4))
    assert way(torch.ones(1), seeded(4)) == 2 * first + second
    assert way.__qualname__ == "in_turn(<lambda>, <lambda>, <lambda>)"
    x = torch.ones(2)
    assert in_turn()(x, seeded()) is x


def test_a_plan_takes_it_and_the_data_set_does_not_grow():
    images = load("digits").train
    seen = []

    def watched(x, generator):
        seen.append(random_flip(x, generator))
        return seen[-1]

    net = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    news = list(train(net, images, Plan(epochs=2, batch=1000, seed=3, augment=watched)))
    assert len(news) == 2
    assert sum(map(len, seen)) == 2 * len(images.y)
    steps = len(seen) // 2
    epochs = [torch.cat(seen[:steps]), torch.cat(seen[steps:])]
    assert not torch.equal(epochs[0].sort(0).values, epochs[1].sort(0).values)


def test_many_networks_take_it():
    x = torch.rand(40, 1, 6, 6, generator=seeded())
    data = split(x, torch.arange(40) % 2, 0)
    many = fit_many(
        lambda: nn.Sequential(nn.Flatten(), nn.Linear(16, 2)),
        range(2),
        data.changed(lambda x: x[:, :, 1:5, 1:5]),
        steps=2,
        batch=8,
        augment=in_turn(random_flip, lambda x, g: random_crop(x, 4, g, padding=1)),
    )
    assert many.validation.isfinite().all()


def test_the_file_that_a_page_fetches_is_made_of_the_photo():
    sent = Path(__file__).parents[1] / "docs/theme/widgets/augment.weights.mjs"
    assert sent.read_text("utf8") == sending.module()


# torchvision, where a machine has it


@pytest.fixture
def torchvision() -> ModuleType:
    """It is not there at all, or was built for another torch: both are no fault of ours."""
    pytest.importorskip("torchvision", exc_type=(ImportError, RuntimeError))  # type: ignore[arg-type]
    return importlib.import_module("torchvision.transforms")


def test_flip_crop_and_ten_crops_are_those_of_torchvision(torchvision, rng):
    functional = torchvision.functional
    x = torch.rand(3, 3, 12, 17, generator=rng)
    assert torch.equal(flip(x, torch.ones(3, dtype=torch.bool)), functional.hflip(x))
    assert torch.equal(crop(x, torch.tensor([[2, 3]] * 3), (8, 9)), functional.crop(x, 2, 3, 8, 9))
    for size in ((8, 11), (12, 17), (2, 3)):  # even rests; of odd ones it rounds the half to the even number
        assert torch.equal(ten_crop(x, size), torch.stack(functional.ten_crop(x, size)))


def test_rotation_is_that_of_torchvision(torchvision, rng):
    x = torch.rand(2, 3, 9, 14, generator=rng)
    smooth = torchvision.InterpolationMode.BILINEAR
    for angle in (0.0, 12.5, -80.0):
        turned = torchvision.functional.rotate(x, angle, interpolation=smooth)
        assert_close(rotate(x, torch.full((2,), angle)), turned, rtol=0, atol=1e-5)


def test_a_padded_crop_of_torchvision_is_one_of_ours(torchvision):
    image = 1 + numbered(1, 1, 4, 4)
    around = framed(image, 1)[0]
    theirs = torch.stack([torchvision.RandomCrop(4, padding=1)(image)[0] for _ in range(200)])
    ours = random_crop(image.expand(200, -1, -1, -1), 4, seeded(), padding=1)
    assert set(places_of(theirs, around, (4, 4))) == set(places_of(ours, around, (4, 4))) == set(range(9))


def test_torchvision_draws_once_for_a_batch_and_we_once_for_an_image(torchvision, rng):
    x = numbered(30, 1, 1, 2)
    theirs = torchvision.RandomHorizontalFlip()(x)
    assert torch.equal(theirs, x) or torch.equal(theirs, x.flip(3))
    ours = random_flip(x, rng)
    assert not torch.equal(ours, x)
    assert not torch.equal(ours, x.flip(3))


def test_torchvisions_numbers_hold_here_too():
    """What torchvision 0.29.1 gave: rotate(x, 30, bilinear) and the middle of ten_crop."""
    x = numbered(1, 1, 3, 4).float()
    turned = rotate(x, torch.tensor([30.0]))[0, 0]
    expected = torch.tensor(TORCHVISION_30_DEGREES)
    assert_close(turned, expected, rtol=0, atol=1e-4)
    assert ten_crop(x, (1, 2))[[4, 9], 0, 0, 0].tolist() == [[5, 6], [6, 5]]


TORCHVISION_30_DEGREES = [
    [0.2691516, 1.3851769, 3.9689112, 4.5814166],
    [1.2009619, 4.0669870, 6.9330130, 9.7990379],
    [3.1291656, 7.0310893, 8.3385439, 3.9545712],
]


# What is refused

IMAGES = torch.zeros(2, 3, 4, 5)
AXES = Colours(torch.zeros(3).double(), torch.ones(3).double(), torch.eye(3).double())
PARTS = (places, colours, turning, mixing)
PLAIN = SimpleNamespace(**{n: f for part in PARTS for n, f in vars(as_a_reader_imports_it(part)).items()})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p, g: p.random_flip(torch.zeros(3, 4, 5), g), r"x must have 4 axes .*got 3: shape \(3, 4, 5\)"),
        (lambda p, g: p.random_crop(torch.zeros(4, 5), 2, g), "x must have 4 axes"),
        (lambda p, g: p.random_flip([[1.0]], g), "x must be a tensor, got list"),
        (lambda p, g: p.random_flip(IMAGES, g, 1.1), "p must be a finite number of at least 0 and at most 1, got 1.1"),
        (lambda p, g: p.random_flip(IMAGES, g, -0.1), "p must be .*got -0.1"),
        (lambda p, g: p.random_flip(IMAGES, 7), "generator must be a torch.Generator, got int"),
        (lambda p, g: p.flip(IMAGES, torch.tensor([True])), r"which must have the shape \(2,\).*got \(1,\)"),
        (lambda p, g: p.random_crop(IMAGES, 5, g), r"at most as large as the image, \(4, 5\), got \(5, 5\)"),
        (lambda p, g: p.random_crop(IMAGES, (4, 6), g), r"got \(4, 6\)"),
        (lambda p, g: p.random_crop(IMAGES, 0, g), "the size of a window must be an integer of at least 1, got 0"),
        (lambda p, g: p.random_crop(IMAGES, 2.0, g), "the size of a window must be an integer of at least 1, got 2.0"),
        (lambda p, g: p.random_crop(IMAGES, 4, g, -1), "padding must be an integer of at least 0, got -1"),
        (lambda p, g: p.random_crop(IMAGES, (1, 2, 3), g), "one integer or a pair"),
        (
            lambda p, g: p.crop(IMAGES, torch.tensor([[0, 0], [0, 3]]), 3),
            r"corners go from \(0, 0\) to \(1, 2\), got \(0, 3\)",
        ),
        (lambda p, g: p.crop(IMAGES, torch.tensor([[0, 0], [-1, 0]]), 3), r"got \(-1, 0\)"),
        (lambda p, g: p.crop(IMAGES, torch.tensor([[0, 0]]), 3), r"corners must have the shape \(2, 2\).*got \(1, 2\)"),
        (lambda p, g: p.count_views(4, 5), r"at most as large as the image, \(4, 4\), got \(5, 5\)"),
        (lambda p, g: p.ten_crop(IMAGES, 6), "at most as large as the image"),
        (lambda p, g: p.mean_prediction(nn.Identity(), torch.zeros(0, 1, 1, 1, 1)), "at least one view, got none"),
        (lambda p, g: p.eigen(torch.zeros(2, 3)), r"a must be a square matrix, got \(2, 3\)"),
        (lambda p, g: p.eigen(torch.zeros(0, 0)), r"a must be a square matrix, got \(0, 0\)"),
        (lambda p, g: p.eigen(torch.tensor([[1.0, 2.0], [0.0, 1.0]])), "a must equal its transpose, they differ by 2"),
        (lambda p, g: p.eigen(torch.tensor([[math.nan]])), "a must hold finite numbers"),
        (lambda p, g: p.colour_axes(torch.zeros(0, 3, 4, 4)), r"x must hold pixels, got shape \(0, 3, 4, 4\)"),
        (
            lambda p, g: p.colour_axes(torch.zeros(1, 3, 4, 4, dtype=torch.int32)),
            "pixels must be floats or uint8, got torch.int32",
        ),
        (lambda p, g: p.colour_shifts(AXES, 2, g, sigma=-0.1), "sigma must be a finite number of at least 0, got -0.1"),
        (lambda p, g: p.colour_shifts(AXES, 2, g, form="variances"), "form must be one of .*got 'variances'"),
        (lambda p, g: p.colour_shifts(AXES, -1, g), "many must be an integer of at least 0, got -1"),
        (lambda p, g: p.random_colour(torch.zeros(2, 1, 4, 4), AXES, g), "values must hold 1 numbers"),
        (lambda p, g: p.random_colour(IMAGES.long(), AXES, g), "pixels must be floats or uint8, got torch.int64"),
        (lambda p, g: p.shift_colours(IMAGES, torch.zeros(2, 2)), r"\(2, 3\), got \(2, 2\)"),
        (lambda p, g: p.to_bytes(torch.zeros(2, dtype=torch.uint8)), "must be floats, got torch.uint8"),
        (lambda p, g: p.rotate(IMAGES.byte(), torch.zeros(2)), "x must hold floating-point numbers, got torch.uint8"),
        (lambda p, g: p.rotate(IMAGES, torch.zeros(3)), r"degrees must have the shape \(2,\).*got \(3,\)"),
        (
            lambda p, g: p.random_rotation(IMAGES, 181, g),
            "most must be a finite number of at least 0 and at most 180, got 181",
        ),
        (lambda p, g: p.random_rotation(IMAGES, -1, g), "most must be"),
        (lambda p, g: p.random_cutout(IMAGES, 0, g), "size must be an integer of at least 1, got 0"),
        (lambda p, g: p.random_mixup(IMAGES, torch.eye(2), g, alpha=0), "alpha must be a finite number above 0, got 0"),
        (
            lambda p, g: p.random_mixup(IMAGES, torch.tensor([0, 1]), g),
            "y must hold floating-point numbers, got torch.int64",
        ),
        (lambda p, g: p.random_mixup(IMAGES, torch.eye(3), g), r"y must have the shape \(2, 3\).*got \(3, 3\)"),
        (
            lambda p, g: p.mixup(IMAGES, torch.eye(2), torch.ones(3), torch.zeros(2).long()),
            "weights must have the shape",
        ),
        (
            lambda p, g: p.mixup(IMAGES, torch.eye(2), torch.ones(2), torch.zeros(1).long()),
            "partners must have the shape",
        ),
    ],
)
def test_what_has_no_sense_is_refused_with_the_value_met(rng, call, message):
    with pytest.raises(ValueError, match=message):
        call(PLAIN, rng)


def test_the_limits_themselves_are_allowed(rng):
    assert random_crop(IMAGES, (4, 5), rng).shape == IMAGES.shape
    assert random_crop(IMAGES, (6, 7), rng, 1).shape == (2, 3, 6, 7)
    assert random_flip(IMAGES, rng, 0).shape == random_flip(IMAGES, rng, 1).shape == IMAGES.shape
    assert random_cutout(IMAGES + 1, 99, rng).sum() == 0
    assert random_rotation(IMAGES, 180, rng).shape == IMAGES.shape
    assert colour_shifts(AXES, 0, rng).shape == (0, 3)
    assert torch.equal(colour_shifts(AXES, 4, rng, sigma=0), torch.zeros(4, 3).double())
    assert crop(IMAGES, torch.tensor([[1, 2], [0, 0]]), 3).shape == (2, 3, 3, 3)
