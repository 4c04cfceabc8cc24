"""Captioning: grammar, scenes, model, training, and the weights that come with the package."""

import itertools
import math
from collections import Counter

import pytest
import torch
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.captioning.grammar
import dlbook.captioning.model
import dlbook.captioning.scenes
import dlbook.captioning.training
from dlbook.captioning.decoding import beam_search
from dlbook.captioning.grammar import LANGUAGES, Item, caption, cut, entropy, likeliest, parse, words_of, written
from dlbook.captioning.masked import masked_cross_entropy
from dlbook.captioning.measures import clipped_matches, corpus_bleu, exact_match
from dlbook.captioning.model import INJECT, Captioner, eye
from dlbook.captioning.scenes import SIDES, TILE, draw_scenes, drawing, handwriting, paint
from dlbook.captioning.trained import captioner, keep, measured
from dlbook.captioning.training import describe, fit_captioner, forced, numbered
from dlbook.vocabulary.words import BOS, EOS, PAD

grammar = as_a_reader_imports_it(dlbook.captioning.grammar)
scenes = as_a_reader_imports_it(dlbook.captioning.scenes)
model_ = as_a_reader_imports_it(dlbook.captioning.model)
PAIR = [Item(0, 0, 3), Item(3, 1, 7)]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(6)


def small(inject="attention", rng=None, tokens=21):
    return Captioner(tokens, inject=inject, look=eye((2, 3, 4)), d_word=5, d=6, generator=rng).eval()


def of(many):
    """All scenes of so many digits."""
    for places in itertools.combinations(range(4), many):
        for filled in itertools.product(itertools.product(range(2), range(10)), repeat=many):
            yield [Item(place, *each) for place, each in zip(places, filled, strict=True)]


# grammar


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_scene_has_a_caption_of_its_own_and_the_way_back(language, rng):
    some = [*of(1), *of(2), *draw_scenes(2000, rng)]
    for scene in some:
        said = caption(scene, language)
        assert parse(said, language) == scene
        assert cut(written(said, language), language) == said
    two = {tuple(caption(scene, language)) for scene in of(2)}
    assert len(two) == 6 * 400


def test_captions_word_by_word():
    assert written(caption(PAIR)) == "small three top left, large seven bottom right"
    assert written(caption(PAIR, "zh"), "zh") == "左上小字三，右下大字七"
    assert written(caption([Item(1, 1, 0), Item(2, 0, 9)])) == "large zero top right, small nine bottom left"
    assert written(caption([Item(1, 1, 0), Item(2, 0, 9)], "zh"), "zh") == "右上大字零，左下小字九"


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ("small three top left ,", "the end"),
        ("small three top", "the end"),
        ("small three left top", "got left"),
        ("small three top left small", "got small"),
        ("", "the end"),
        ("small three bottom left , small one top left", "places that go up"),
        ("small three top left , small one top left", "places that go up"),
    ],
)
def test_what_the_grammar_cannot_make_is_refused(said, met):
    with pytest.raises(ValueError, match=met):
        parse(said.split())


@pytest.mark.parametrize(
    ("scene", "met"),
    [
        ([], "places"),
        ([Item(3, 0, 1), Item(0, 0, 1)], "places"),
        ([Item(4, 0, 1)], "place must .* got 4"),
        ([Item(0, 2, 1)], "size must .* got 2"),
        ([Item(0, 0, 10)], "digit must .* got 10"),
    ],
)
def test_a_scene_without_a_caption_is_refused(scene, met, rng):
    with pytest.raises(ValueError, match=met):
        grammar.caption(scene)
    with pytest.raises(ValueError, match=met):
        scenes.paint([scene], handwriting(), rng)


def test_another_language_is_refused():
    for call in (lambda: grammar.caption(PAIR, "fr"), lambda: grammar.words_of("fr"), lambda: captioner("fr")):
        with pytest.raises(ValueError, match="'fr'"):
            call()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_vocabulary_has_all_words_of_all_captions_and_no_more(language, rng):
    used = {word for scene in of(2) for word in caption(scene, language)}
    assert set(words_of(language).tokens[4:]) == used


@pytest.mark.equation("caption_entropy")
def test_the_entropy_is_that_of_the_captions_one_by_one():
    """Summed over all captions of one and of two digits; for more, over sets of places that are counted one by one."""
    for least, most in ((1, 1), (2, 2), (1, 2)):
        counts = {k: sum(1 for _ in of(k)) for k in range(least, most + 1)}
        shares = [1 / len(counts) / n for k, n in counts.items() for _ in range(n)]
        assert math.isclose(sum(shares), 1)
        assert math.isclose(entropy(least, most), -sum(p * math.log(p) for p in shares))
        assert math.isclose(likeliest(least, most), max(shares))
    sets = [len([*itertools.combinations(range(4), k)]) * 20**k for k in (2, 3, 4)]
    assert math.isclose(entropy(), -sum(math.log(1 / 3 / n) for n in sets) / 3)
    assert math.isclose(likeliest(), max(1 / 3 / n for n in sets))


# scenes


def test_no_handwritten_picture_is_in_two_parts():
    parts = [handwriting(part) for part in ("train", "validation", "test")]
    rows = [{picture.numpy().tobytes() for picture in part.pictures} for part in parts]
    assert [len(part.pictures) for part in parts] == [1397, 200, 200]
    for a, b in itertools.combinations(rows, 2):
        assert not a & b
    with pytest.raises(ValueError, match="'tests'"):
        scenes.handwriting("tests")


def test_a_digit_is_painted_with_pictures_of_it():
    images, labels = dlbook.data.digits()
    known = {image.numpy().tobytes(): int(label) for image, label in zip(images, labels, strict=True)}
    for part in ("train", "test"):
        hands = handwriting(part)
        for digit in range(10):
            first, many = int(hands.first[digit]), int(hands.many[digit])
            assert many > 5
            shown = {known[picture.numpy().tobytes()] for picture in hands.pictures[first : first + many]}
            assert shown == {digit}


def test_scenes_are_drawn_evenly(rng):
    drawn = draw_scenes(6000, rng)
    assert drawn == draw_scenes(6000, torch.Generator().manual_seed(6))
    many = Counter(len(scene) for scene in drawn)
    assert set(many) == {2, 3, 4}
    assert all(abs(n / 2000 - 1) < 0.1 for n in many.values())
    sets = Counter(tuple(item.place for item in scene) for scene in drawn if len(scene) == 2)
    assert len(sets) == 6
    assert max(sets.values()) < 1.35 * min(sets.values())
    items = [item for scene in drawn for item in scene]
    for which, even in ((1, 2), (2, 10)):
        counts = Counter(item[which] for item in items)
        assert len(counts) == even
        assert all(abs(n * even / len(items) - 1) < 0.1 for n in counts.values())
    assert {len(scene) for scene in draw_scenes(50, rng, least=1, most=1)} == {1}


@pytest.mark.parametrize("how", [{"least": 0}, {"most": 5}, {"least": 3, "most": 2}])
def test_other_numbers_of_digits_are_refused(how, rng):
    with pytest.raises(ValueError, match="must be an integer from"):
        scenes.draw_scenes(1, rng, **how)
    with pytest.raises(ValueError, match="at least one, got none"):
        scenes.paint([], handwriting(), rng)


def test_a_picture_shows_each_item_in_its_quarter_and_nothing_else(rng):
    drawn = draw_scenes(200, rng)
    pictures = paint(drawn, handwriting(), rng)
    assert pictures.shape == (200, 1, 32, 32)
    assert pictures.min() >= 0
    assert pictures.max() <= 1.0001
    for picture, scene in zip(pictures[:, 0], drawn, strict=True):
        for place in range(4):
            row, column = TILE * (place // 2), TILE * (place % 2)
            quarter = picture[row : row + TILE, column : column + TILE]
            here = [item for item in scene if item.place == place]
            assert bool(quarter.any()) == bool(here)
            if here:
                ink = (quarter > 0.3).nonzero()
                high = int(ink[:, 0].max() - ink[:, 0].min()) + 1
                low, most = SIDES[here[0].size]
                assert high <= most + 1
                assert high >= low - 3


def test_stretching_is_bilinear():
    picture = torch.rand(1, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    got = dlbook.captioning.scenes._stretched(picture, torch.tensor([[16.0, 16.0]]), torch.tensor([[0.0, 0.0]]))
    expected = functional.interpolate(picture, scale_factor=2, mode="bilinear", align_corners=False)[0]
    assert_close(got[:, 1:-1, 1:-1], expected[:, 1:-1, 1:-1])
    moved = dlbook.captioning.scenes._stretched(picture, torch.tensor([[8.0, 8.0]]), torch.tensor([[5.0, 2.0]]))
    assert_close(moved[0, 2:10, 5:13], picture[0, 0])  # 5 to the right, 2 down


def test_paint_draws_from_its_generator(rng):
    drawn = draw_scenes(20, rng)
    a, b, c = (paint(drawn, handwriting(), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(a, b)
    assert not torch.equal(a, c)


def test_a_drawing_in_characters():
    lines = ["." * 16 for _ in range(16)]
    lines[4] = "...##+.........."
    picture = drawing("\n".join(lines))
    assert picture.shape == (1, 1, 32, 32)
    assert picture.max() > 0.7
    assert picture[0, 0, 16:].abs().max() == 0
    for wrong in (lines[:-1], [*lines[:-1], "." * 15], [*lines[:-1], "x" * 16]):
        with pytest.raises(ValueError, match="16 lines of 16"):
            scenes.drawing("\n".join(wrong))


# rows of numbers


def test_captions_as_rows_begin_and_end_and_are_filled():
    ids = numbered([PAIR, [Item(1, 1, 4)]])
    words = words_of()
    assert ids.shape == (2, 11)
    assert words.decode(ids[0]) == ["<bos>", *caption(PAIR), "<eos>"]
    assert words.decode(ids[1])[:6] == ["<bos>", "large", "four", "top", "right", "<eos>"]
    assert ids[1, 6:].tolist() == [PAD] * 5


# model


@pytest.mark.parametrize("inject", INJECT)
def test_all_words_at_once_are_the_words_one_by_one(inject, rng):
    model = small(inject, rng).double()
    pictures = torch.rand(3, 1, 32, 32, generator=rng, dtype=torch.float64)
    ids = torch.randint(0, 21, (3, 7), generator=rng)
    whole = model(pictures, ids).log_softmax(2)
    state = model.begin(pictures)
    for t in range(7):
        row, state = model.step(state, ids[:, t])
        assert_close(row, whole[:, t])


@pytest.mark.equation("caption_chain")
@pytest.mark.parametrize("inject", INJECT)
def test_products_over_words_are_probabilities_of_captions(inject, rng):
    """All captions of at most three words, and all that go on, have together the probability 1."""
    model = small(inject, rng, tokens=5).double()
    picture = torch.rand(1, 1, 32, 32, generator=rng, dtype=torch.float64)
    total = 0.0
    for length in (1, 2, 3):
        for words in itertools.product(range(5), repeat=length):
            ended = words[-1] == EOS
            if EOS in words[:-1] or not (ended or length == 3):
                continue
            rows = model(picture, torch.tensor([[BOS, *words]])).softmax(2)[0]
            total += math.prod(float(rows[t, word].detach()) for t, word in enumerate(words))
    assert math.isclose(total, 1)


@pytest.mark.parametrize("inject", INJECT)
def test_the_picture_has_a_say_in_each_word(inject, rng):
    model = small(inject, rng)
    pictures = torch.rand(2, 1, 32, 32, generator=rng).requires_grad_()
    scores = model(pictures, torch.randint(0, 21, (2, 5), generator=rng))
    for t in range(5):
        (grad,) = torch.autograd.grad(scores[0, t].sum(), pictures, retain_graph=True)
        assert grad[0].any()
        assert not grad[1].any()  # nor has that of another caption


def test_state_word_and_steps_by_their_definition(rng):
    pictures, ids = torch.rand(2, 1, 32, 32, generator=rng), torch.randint(0, 21, (2, 4), generator=rng)
    for inject in ("state", "word", "steps"):
        model = small(inject, rng)
        v = model.summary(model.look(pictures).flatten(2).mT.flatten(1))
        words = model.embedding(ids)
        if inject == "state":
            h, _ = model.recurrent(words, v.tanh()[None])
        elif inject == "word":
            h = model.recurrent(torch.cat([v[:, None], words], 1))[0][:, 1:]
        else:
            h, _ = model.recurrent(torch.cat([words, v[:, None].repeat(1, 4, 1)], 2))
        assert_close(model(pictures, ids), model.output(h))


@pytest.mark.equation("caption_attention")
def test_attention_over_the_places_number_by_number(rng):
    model = small(rng=rng).double()
    picture = torch.rand(1, 1, 32, 32, generator=rng, dtype=torch.float64)
    ids = torch.randint(0, 21, (1, 3), generator=rng)
    z = model.look(picture)[0].flatten(1).T.detach()
    h = model.recurrent(model.embedding(ids))[0][0].detach()
    maps, got = model.maps(picture, ids)[0], model(picture, ids)[0]
    for t in range(3):
        q = model.query.weight.detach() @ h[t] + model.query.bias.detach()
        raw = [math.exp(float(q @ (z[i] + model.where[i].detach())) / math.sqrt(4)) for i in range(16)]
        weights = [each / sum(raw) for each in raw]
        assert_close(maps[t].flatten(), torch.tensor(weights, dtype=torch.float64))
        y = sum(weight * z[i] for i, weight in enumerate(weights))
        assert_close(got[t], model.output(torch.cat([h[t], y])))


def test_only_attention_has_maps(rng):
    with pytest.raises(ValueError, match="'state'"):
        small("state", rng).maps(torch.rand(1, 1, 32, 32), torch.zeros(1, 1, dtype=torch.int64))


def test_other_ways_and_eyes_are_refused():
    with pytest.raises(ValueError, match="'memory'"):
        model_.Captioner(21, inject="memory")
    with pytest.raises(ValueError, match="look must give"):
        model_.Captioner(21, look=torch.nn.Conv2d(1, 3, 3))
    with pytest.raises(ValueError, match="ids go from 0 to 20, got 21"):
        Captioner(21)(torch.rand(1, 1, 32, 32), torch.tensor([[21]]))


def test_the_start_comes_from_the_generator():
    for inject in INJECT:
        a, b, c = (small(inject, torch.Generator().manual_seed(seed)).state_dict() for seed in (1, 1, 2))
        assert all(torch.equal(a[name], b[name]) for name in a)
        differ = [name for name in a if not torch.equal(a[name], c[name])]
        assert len(differ) >= len([name for name in a if "weight" in name and a[name].ndim > 1])


def test_to_make_a_model_leaves_its_eye_untouched():
    look = eye((2, 3, 4))
    before = {name: tensor.clone() for name, tensor in look.state_dict().items() if "running" in name}
    Captioner(21, look=look)
    assert look.training
    assert all(torch.equal(look.state_dict()[name], tensor) for name, tensor in before.items())


# training


class Spy(Captioner):
    """Remembers what it was shown."""

    def forward(self, pictures, ids):
        self.seen = [*getattr(self, "seen", []), (pictures.clone(), ids.clone())]
        return super().forward(pictures, ids)


def test_shuffled_gives_each_caption_another_picture():
    seen = []
    for shuffled in (False, True):
        model = Spy(21, look=eye((2, 3, 4)), d=6, generator=torch.Generator().manual_seed(0))
        rng = torch.Generator().manual_seed(1)
        fit_captioner(model, handwriting(), rng, steps=2, batch=4, shuffled=shuffled)
        seen.append(model.seen)
    for (right, ids), (other, ids2) in zip(*seen, strict=True):
        assert torch.equal(ids, ids2)
        assert torch.equal(other, torch.cat([right[-1:], right[:-1]]))
        assert not torch.equal(other, right)
    assert not torch.equal(seen[0][0][0], seen[0][1][0])  # new scenes at each step


def test_it_learns_in_both_languages():
    for language in LANGUAGES:
        rng = torch.Generator().manual_seed(0)
        model = Captioner(len(words_of(language)), look=eye((4, 6, 8)), d=24, generator=rng)
        how = {"steps": 60, "batch": 16, "rate": 0.01, "language": language}
        losses = fit_captioner(model, handwriting(), rng, **how)
        assert len(losses) == 60
        assert sum(losses[-5:]) < 0.5 * sum(losses[:5])


def test_forced_is_the_log_probability_of_the_true_words(rng):
    model = small(rng=rng).double()
    drawn = [PAIR, [Item(1, 1, 4)], *draw_scenes(2, rng, least=3)]
    pictures, ids = paint(drawn, handwriting(), rng).double(), numbered(drawn)
    got = forced(model, pictures, ids)
    for row, scene, picture in zip(got, drawn, pictures, strict=True):
        state, words = model.begin(picture[None]), words_of().encode(caption(scene), ends=True)
        for t, (word, after) in enumerate(itertools.pairwise(words)):
            logs, state = model.step(state, torch.tensor([word]))
            assert_close(row[t], logs[0, after])
        assert not row[len(words) - 1 :].any()


def test_a_caption_is_right_if_each_word_is_with_true_words_before(rng):
    drawn = draw_scenes(200, rng)
    pictures = paint(drawn, handwriting("test"), rng)
    pictures += 0.1 * torch.randn(pictures.shape, generator=rng)
    model, ids = captioner(), numbered(drawn)
    right = ((model(pictures, ids[:, :-1]).argmax(2) == ids[:, 1:]) | (ids[:, 1:] == PAD)).all(1)
    said = [words == caption(scene) for words, scene in zip(describe(model, pictures), drawn, strict=True)]
    assert right.tolist() == said
    assert 0 < sum(said) < 200


def test_describe_and_forced_leave_the_model_as_it_was(rng):
    model = small(rng=rng).train()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    drawn = draw_scenes(4, rng)
    pictures = paint(drawn, handwriting(), rng)
    describe(model, pictures)
    forced(model, pictures, numbered(drawn))
    assert model.training
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_beam_search_takes_the_model(rng):
    picture = paint([PAIR], handwriting("test"), rng)
    model = captioner()
    found = beam_search(model.step, model.begin(picture), width=3, begin=BOS, end=EOS, longest=24)
    assert words_of().decode(found[0].ids) == caption(PAIR)
    assert len(found) == 3


# the weights of the package


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_of_the_package_reach_the_goal(language):
    rng = torch.Generator().manual_seed(11)
    drawn = draw_scenes(1000, rng)
    said = describe(captioner(language), paint(drawn, handwriting("test"), rng), language)
    assert exact_match(said, [[caption(scene, language)] for scene in drawn]) >= 0.97
    found = measured(language)
    assert found["pictures"] <= 200_000
    assert found["test"] >= 0.97


def test_weights_are_kept_and_come_back(tmp_path, monkeypatch, rng):
    monkeypatch.setattr(dlbook.captioning.trained, "files", lambda package: tmp_path)
    model = Captioner(21, generator=rng).eval()
    keep(model, "en", {"pictures": 3})
    assert measured() == {"pictures": 3}
    pictures, ids = torch.rand(2, 1, 32, 32, generator=rng), torch.randint(0, 21, (2, 4), generator=rng)
    assert_close(captioner()(pictures, ids), model(pictures, ids).detach(), atol=0.02, rtol=0)


# formulas of what helper modules compute, by a second way


@pytest.mark.equation("masked_loss")
def test_the_masked_loss_word_by_word(rng):
    scores = torch.randn(3, 4, 5, generator=rng, dtype=torch.float64)
    target = torch.tensor([[1, 2, 3, 4], [2, 0, 0, 0], [4, 1, 0, 0]])
    above, below = 0.0, 0
    for row, words in zip(scores.tolist(), target.tolist(), strict=True):
        for each, word in zip(row, words, strict=True):
            if word != 0:
                above += math.log(sum(map(math.exp, each))) - each[word]
                below += 1
    assert math.isclose(masked_cross_entropy(scores, target, 0), above / below)


def runs(words, n):
    return [" ".join(words[i : i + n]) for i in range(len(words)) if i + n <= len(words)]


@pytest.mark.equation("bleu_precision")
@pytest.mark.equation("bleu")
def test_bleu_as_it_is_printed(rng):
    words = ["a", "b", "c"]

    def draw(length):
        return [words[i] for i in torch.randint(0, 3, (length,), generator=rng).tolist()]

    for _ in range(30):
        said = [draw(n) for n in (5, 7, 9)]
        right = [[draw(n), draw(n + 2)] for n in (6, 6, 8)]
        product, c, r = 1.0, sum(map(len, said)), 0
        for one, refs in zip(said, right, strict=True):
            r += sorted((abs(len(ref) - len(one)), len(ref)) for ref in refs)[0][1]
        for n in (1, 2, 3, 4):
            above = below = 0
            for one, refs in zip(said, right, strict=True):
                mine = runs(one, n)
                hits = sum(min(mine.count(g), max(runs(ref, n).count(g) for ref in refs)) for g in set(mine))
                assert clipped_matches(one, refs, n) == (hits, len(mine))
                above, below = above + hits, below + len(mine)
            product *= above / below
        assert math.isclose(corpus_bleu(said, right), min(1.0, math.exp(1 - r / c)) * product**0.25)
