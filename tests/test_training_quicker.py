"""The fast recipe: the same function in less time, filters that the pictures suggest, rates."""

from itertools import pairwise

import pytest
import torch
from torch import nn

from dlbook.datasets import Images, load
from dlbook.forward import saved
from dlbook.lenet import LeNet
from dlbook.training import Plan, Trainer, create
from dlbook.training.halving import MaxPoolBy2, is_by_2
from dlbook.training.inputs import Centred, measured
from dlbook.training.quicker import FLOOR, pool_first, whiten
from dlbook.training.recipes import FAST, ONE_CYCLE, RECIPES, TEXTBOOK, one_cycle, recipe, set_rates, warm_up


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


def pictures(many=40, side=28, seed=0):
    x = torch.randint(0, 256, (many, 1, side, side), generator=chance(seed), dtype=torch.uint8)
    return Images(x, torch.arange(many) % 10)


class TestPoolFirst:
    def test_it_is_the_same_function_with_the_same_gradients(self):
        model = LeNet(generator=chance()).double()
        x = torch.randn(3, 1, 28, 28, generator=chance(), dtype=torch.float64)
        before = torch.autograd.grad(model(x).square().sum(), list(model.parameters()))
        twin = pool_first(model)
        after = torch.autograd.grad(twin(x).square().sum(), list(model.parameters()))
        assert torch.equal(model(x), twin(x))
        for old, new in zip(before, after, strict=True):
            torch.testing.assert_close(old, new)

    def test_the_layers_changed_places_and_the_model_did_not(self):
        model = LeNet()
        kinds = [type(m) for m in pool_first(model).features]
        assert kinds == [nn.Conv2d, MaxPoolBy2, nn.ReLU] * 2
        assert [type(m) for m in model.features] == [nn.Conv2d, nn.ReLU, nn.MaxPool2d] * 2
        assert all(a is b for a, b in zip(model.parameters(), pool_first(model).parameters(), strict=True))

    def test_what_does_not_commute_stays(self):
        for layers in (
            [nn.ReLU(), nn.AvgPool2d(2)],
            [nn.Tanh(), nn.MaxPool2d(2)],
            [nn.ReLU(), nn.Flatten(), nn.MaxPool2d(2)],
            [nn.ReLU(), nn.MaxPool2d(2, return_indices=True)],
        ):
            twin = pool_first(nn.Sequential(*layers))
            assert [type(m) for m in twin] == [type(m) for m in layers]

    def test_buffers_that_training_moves_are_the_model_s(self):
        model = nn.Sequential(nn.BatchNorm2d(1), nn.ReLU(), nn.MaxPool2d(2))
        pool_first(model)(torch.randn(4, 1, 8, 8, generator=chance()) + 3)
        assert model[0].running_mean.item() > 0.1
        assert model[0].num_batches_tracked.item() == 1


class TestMaxPoolBy2:
    @pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
    @pytest.mark.parametrize("memory", [torch.contiguous_format, torch.channels_last])
    @pytest.mark.parametrize(
        "shape", [(3, 6, 8, 10), (2, 32, 4, 4), (1, 1, 2, 2), (2, 3, 7, 9), (2, 3, 7, 4), (0, 2, 4, 4)]
    )
    def test_it_is_max_pool2d_in_value_and_gradient(self, dtype, memory, shape):
        rows, columns = torch.arange(shape[2])[:, None], torch.arange(shape[3])
        phase = 2 * (rows % 2) + columns % 2  # no two alike in a window, above zero and below
        x = (4 * torch.randint(-20, 20, shape, generator=chance(1)) + phase).to(dtype)
        x = x.contiguous(memory_format=memory).requires_grad_()
        found, expected = MaxPoolBy2()(x), nn.functional.max_pool2d(x, 2)
        assert torch.equal(found, expected)
        assert found.dtype == dtype
        grad = torch.randn(found.shape, generator=chance(2)).to(dtype)
        ours, theirs = (torch.autograd.grad(y, x, grad)[0] for y in (found, expected))
        assert torch.equal(ours, theirs)
        if found.numel():
            assert ours.abs().sum() > 0

    @pytest.mark.parametrize("view", ["expanded", "cut", "turned"])
    def test_the_gradient_of_a_view_is_right(self, view):
        ways = {
            "expanded": lambda x: x[:, :1].expand(-1, 3, -1, -1),
            "cut": lambda x: x[:, :, 1:7, ::2],
            "turned": lambda x: x.transpose(2, 3),
        }
        x = torch.randn(2, 3, 8, 8, generator=chance(), requires_grad=True)
        both = [
            torch.autograd.grad(pool(ways[view](x)).square().sum(), x)[0] for pool in (MaxPoolBy2(), nn.MaxPool2d(2))
        ]
        assert torch.equal(*both)

    def test_a_second_derivative_is_refused_and_not_wrong(self):
        x = torch.randn(1, 1, 4, 4, generator=chance(), requires_grad=True)
        first = torch.autograd.grad(MaxPoolBy2()(x).square().sum(), x, create_graph=True)[0]
        with pytest.raises(RuntimeError, match="once_differentiable"):
            first.sum().backward()

    def test_one_of_equal_pixels_has_the_gradient(self):
        x = torch.zeros(2, 3, 4, 4, requires_grad=True)
        MaxPoolBy2()(x).sum().backward()
        windows = nn.functional.unfold(x.grad, 2, stride=2).unflatten(1, (3, 4))
        assert torch.equal(windows.sum(2), torch.ones(2, 3, 4))
        assert torch.equal(windows.amax(2), torch.ones(2, 3, 4))

    def test_what_is_no_number_and_what_is_infinite_comes_through(self):
        x = torch.tensor([[[[1.0, torch.nan], [2.0, 3.0]], [[torch.inf, 1.0], [2.0, -torch.inf]]]])
        found = MaxPoolBy2()(x).flatten()
        assert found[0].isnan()
        assert found[1] == torch.inf

    def test_less_is_kept_for_the_way_back(self):
        x = torch.randn(4, 6, 28, 28, generator=chance(), requires_grad=True)
        kept = [sum(t.nbytes for t in saved(pool, x)) for pool in (MaxPoolBy2(), nn.MaxPool2d(2))]
        assert kept[0] < kept[1]

    def test_only_pooling_by_2_is_replaced(self):
        others = [
            nn.MaxPool2d(3), nn.MaxPool2d(2, stride=1), nn.MaxPool2d(2, padding=1), nn.MaxPool2d(2, dilation=2),
            nn.MaxPool2d(2, ceil_mode=True), nn.MaxPool2d((2, 1)),
        ]  # fmt: skip
        assert [is_by_2(pool) for pool in others] == [False] * 6
        assert is_by_2(nn.MaxPool2d(2))
        assert is_by_2(nn.MaxPool2d((2, 2), (2, 2)))
        x = torch.randn(2, 2, 9, 9, generator=chance())
        for pool in [*others, nn.MaxPool2d(2)]:
            model = nn.Sequential(nn.ReLU(), pool)
            assert torch.equal(pool_first(model)(x), model(x))


class TestWhiten:
    def test_the_filters_give_numbers_of_variance_one_that_do_not_vary_together(self):
        images = load("fashion-small").train
        model = LeNet(generator=chance())
        whiten(model, images)
        first = model.features.c1
        x = Centred(nn.Identity(), Images(images.x[:2000], images.y[:2000]))(images.x[:2000].float() / 255)
        given = nn.functional.conv2d(x, first.weight, stride=5)[:, :3].transpose(0, 1).flatten(1)
        second = given @ given.T / given.shape[1]  # mean products
        off = second - torch.diag(second.diagonal())
        assert off.abs().max() < 0.02
        assert ((second.diagonal() > 0.8) & (second.diagonal() < 1.01)).all()
        assert torch.equal(first.weight[3:], -first.weight[:3])
        assert first.bias.abs().max() == 0

    def test_a_flat_direction_is_not_blown_up(self):
        x = torch.zeros(50, 1, 10, 10)
        x[:, :, ::5, ::5] = torch.rand(50, 1, 2, 2, generator=chance())
        model = nn.Conv2d(1, 50, 5)
        whiten(model, Images(x, torch.zeros(50, dtype=torch.int64)))
        assert model.weight.abs().max() <= FLOOR**-0.5 + 1e-6

    @pytest.mark.parametrize(
        "model",
        [nn.Linear(784, 10), nn.Conv2d(1, 5, 5), nn.Conv2d(3, 6, 5), nn.Conv2d(1, 64, 5), nn.Conv2d(1, 6, 29)],
        ids=["no convolution", "odd", "other channels", "more filters than directions", "too large"],
    )
    def test_what_it_does_not_fit_is_left_alone(self, model):
        before = model.weight.clone()
        whiten(model, pictures())
        assert torch.equal(model.weight, before)


class TestRates:
    def test_one_cycle_goes_up_and_down_once(self):
        shares = [one_cycle(done / 100) for done in range(101)]
        assert shares[0] == 0
        assert shares[10] == 1
        assert shares[100] == pytest.approx(0)
        assert all(a < b for a, b in pairwise(shares[:11]))
        assert all(a > b for a, b in pairwise(shares[10:]))

    def test_without_a_way_up_it_only_falls(self):
        assert [one_cycle(done, warm=0) for done in (0.0, 0.5, 1.0)] == [1, 0.5, 0]

    def test_warm_up_stays(self):
        assert [warm_up(done) for done in (0.05, 0.1, 0.9)] == [0.5, 1, 1]

    def test_each_group_gets_its_share_of_its_own_rate(self):
        weights = [nn.Parameter(torch.zeros(1)) for _ in range(2)]
        found = [torch.optim.SGD([each], lr=lr) for each, lr in zip(weights, (1.0, 3.0), strict=True)]
        assert set_rates(found, 0.5) == 0.5
        set_rates(found, 0.1)  # of the first rates, not of the last
        assert [each.param_groups[0]["lr"] for each in found] == pytest.approx([0.1, 0.3])

    def test_an_unknown_recipe_is_named(self):
        assert recipe("fast") is RECIPES["fast"] is FAST
        with pytest.raises(ValueError, match=r"'textbook', 'one-cycle', 'fast'.*not 'slow'"):
            recipe("slow")


class TestCentred:
    def test_the_training_pixels_get_mean_zero_and_deviation_one_in_each_channel(self):
        x = torch.rand(30, 3, 5, 5, generator=chance()) * torch.tensor([1.0, 0.5, 0.1])[:, None, None]
        images = Images(x, torch.zeros(30, dtype=torch.int64))
        given = Centred(nn.Identity(), images)(x)
        torch.testing.assert_close(given.mean((0, 2, 3)), torch.zeros(3), atol=1e-5, rtol=0)
        torch.testing.assert_close(given.std((0, 2, 3), unbiased=False), torch.ones(3))

    def test_it_does_not_matter_in_how_many_parts_it_is_measured(self):
        images = pictures(2300, side=4)
        mean, deviation = measured(images)
        x = images.x.double() / 255
        assert mean.item() == pytest.approx(x.mean().item())
        assert deviation.item() == pytest.approx(x.std(unbiased=False).item())

    def test_equal_pixels_are_refused(self):
        with pytest.raises(ValueError, match="all pixels of a channel are equal"):
            Centred(nn.Identity(), Images(torch.ones(3, 1, 2, 2), torch.zeros(3, dtype=torch.int64)))

    def test_what_was_measured_is_saved_with_the_weights(self):
        model = Centred(nn.Linear(4, 2), pictures(side=4))
        assert {"mean", "deviation"} <= set(model.state_dict())


class TestFast:
    @pytest.mark.parametrize("how", [TEXTBOOK, ONE_CYCLE, FAST], ids=lambda how: how.name)
    @pytest.mark.parametrize("name", ["linear", "mlp", "cnn"])
    def test_every_recipe_trains_every_model(self, how, name):
        images = load("digits").train
        model = create(name, shape=(1, 8, 8))
        plan = Plan(epochs=5 * how.batch / 64, recipe=how)  # as many updates for each
        losses = [news.loss for news in Trainer(model, images, plan).run()]
        assert losses[-1] < 0.9 * losses[0]

    def test_where_torch_has_no_muon_it_trains_too(self, monkeypatch):
        monkeypatch.delattr(torch.optim, "Muon", raising=False)
        model = create("mlp", shape=(1, 8, 8))
        found = FAST.optimizers(model, 0.03)
        assert [type(each) for each in found] == [torch.optim.SGD]

    @pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="torch before 2.9 has no Muon")
    def test_each_weight_has_one_optimiser(self):
        model = LeNet()
        found = [p for each in FAST.optimizers(model, 0.03) for group in each.param_groups for p in group["params"]]
        assert len(found) == len(set(map(id, found))) == len(list(model.parameters()))
