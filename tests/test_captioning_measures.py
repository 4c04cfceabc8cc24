"""Captioning: BLEU and exact match, greedy and beam search, the masked loss."""

import itertools
import math
from collections import Counter
from typing import NamedTuple

import pytest
import torch
from plain import as_a_reader_imports_it
from torch.nn.functional import cross_entropy
from torch.testing import assert_close

import dlbook.captioning.decoding
import dlbook.captioning.masked
import dlbook.captioning.measures
from dlbook.captioning.decoding import Caption, beam_search, greedy, tree_step
from dlbook.captioning.masked import masked_cross_entropy
from dlbook.captioning.measures import (
    brevity_penalty,
    clipped_matches,
    closest_length,
    corpus_bleu,
    exact_match,
    sentence_bleu,
)

measures = as_a_reader_imports_it(dlbook.captioning.measures)
decoding = as_a_reader_imports_it(dlbook.captioning.decoding)
masked = as_a_reader_imports_it(dlbook.captioning.masked)

# What sacrebleu 2.6.0 (Post 2018, "A Call for Clarity in Reporting BLEU Scores") gives, from 0 to 100, with tokenize="none", for
# captions and references drawn at random, and these options: (max_ngram_order, smooth_method, effective_order).
OPTIONS = [
    (4, "none", False),
    (4, "exp", False),
    (4, "exp", True),
    (2, "none", False),
    (3, "exp", False),
    (1, "none", True),
    (6, "exp", True),
]
JUDGED = [
    (["two two mat", "on"], [["a dog sits"], ["sits"]], [0.0] * 7),
    (["on mat a"], [["on mat a", "cat dog"]], [0.0, 0.0, 100.0, 100.0, 100.0, 100.0, 100.0]),
    (
        ["the mat the on"],
        [["the mat the on", "a a", "cat the two dog"]],
        [100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0],
    ),
    (
        ["sits two", "sits mat", "cat a two mat sits on mat sits", "on sits two a mat dog the", "a mat"],
        [
            ["sits the", "the sits on mat", "a two a"],
            ["mat dog", "on two cat dog a", "cat on sits"],
            ["cat a two mat sits on mat sits"],
            ["a two the on a sits cat dog two"],
            ["on cat sits mat mat", "a dog"],
        ],
        [54.19476349, 54.19476349, 54.19476349, 58.68579604, 55.4822922, 86.58632789, 53.87285076],
    ),
    (
        ["two on", "a the dog cat a sits a two on"],
        [["cat", "cat mat sits two the"], ["a the dog cat a sits a two on"]],
        [94.8120852, 94.8120852, 94.8120852, 89.893315, 93.14329504, 90.90909091, 96.51077403],
    ),
    (
        ["mat mat mat a"],
        [["dog sits mat two mat dog a", "cat", "sits on the two sits"]],
        [0.0, 16.37226967, 16.37226967, 0.0, 19.47001958, 58.41005873, 16.37226967],
    ),
    (["on"], [["dog sits on", "a", "mat cat two the cat on mat a"]], [0.0, 0.0, 100.0, 0.0, 0.0, 100.0, 100.0]),
    (
        ["the sits cat mat sits the", "the on a a", "", "mat the the mat the the mat", "two"],
        [
            ["a two", "the sits cat mat sits the"],
            ["a mat two on", "two on the a", "two"],
            ["dog", "the mat sits the"],
            ["mat the the mat the the mat"],
            ["two"],
        ],
        [80.76017745, 80.76017745, 80.76017745, 81.48788795, 80.10067185, 89.34061651, 85.13125177],
    ),
    (["two dog two"], [["two the two"]], [0.0, 0.0, 34.66806372, 0.0, 34.66806372, 66.66666667, 34.66806372]),
    (
        ["sits mat cat the the", "on mat two cat"],
        [["sits on cat the the", "sits cat mat cat cat dog on dog dog"], ["on mat a cat a"]],
        [0.0, 32.2787792, 32.2787792, 63.7748979, 41.75336984, 79.54127261, 29.9965076],
    ),
    (
        ["a cat sits the mat", "sits sits dog the mat mat"],
        [
            ["the", "a a sits mat mat", "the sits on sits dog the a the"],
            ["on the dog cat the", "sits sits cat dog the mat mat"],
        ],
        [38.98043551, 38.98043551, 38.98043551, 63.56417262, 48.69139877, 90.90909091, 31.41925751],
    ),
    (
        ["a dog the on a cat", "the sits two the", "mat two two sits two dog on sits dog", "cat", "the"],
        [
            ["dog two dog a", "a dog the cat on a cat"],
            ["the sits on mat two"],
            ["mat two two sits two dog on sits a"],
            ["cat"],
            ["sits", "cat"],
        ],
        [60.63123283, 60.63123283, 60.63123283, 72.894684, 66.74094069, 77.9276951, 58.0580805],
    ),
    (
        ["sits a"],
        [["dog sits cat mat", "two dog", "the dog cat two the mat mat sits"]],
        [0.0, 0.0, 50.0, 0.0, 0.0, 50.0, 50.0],
    ),
    (
        ["", "two two the cat mat sits a the the"],
        [["mat a on"], ["two two the a mat sits a the the", "on the two a cat sits"]],
        [44.0514961, 44.0514961, 44.0514961, 62.05343176, 54.02269481, 71.65313106, 28.01402429],
    ),
]


def cut(captions, references):
    return [each.split() for each in captions], [[one.split() for one in each] for each in references]


# BLEU and exact match


@pytest.mark.equation("bleu")
@pytest.mark.equation("bleu_precision")
@pytest.mark.parametrize(("captions", "references", "scores"), JUDGED)
def test_bleu_is_sacrebleus(captions, references, scores):
    for (max_n, smoothing, effective), score in zip(OPTIONS, scores, strict=True):
        how = {"max_n": max_n, "smoothing": smoothing, "effective_order": effective}
        found = corpus_bleu(*cut(captions, references), **how)
        assert 100 * found == pytest.approx(score, abs=1e-7), how
        if len(captions) == 1:
            said, right = cut(captions, references)
            assert sentence_bleu(said[0], right[0], **how) == found


@pytest.mark.equation("bleu")
@pytest.mark.equation("bleu_precision")
def test_bleu_by_hand():
    # "the cat sat on a mat" against "the cat sat on the mat": 5/6, 3/5, 2/4 and 1/3 of the runs of 1 to 4 words
    said, right = ["the", "cat", "sat", "on", "a", "mat"], ["the", "cat", "sat", "on", "the", "mat"]
    assert [clipped_matches(said, [right], n) for n in (1, 2, 3, 4)] == [(5, 6), (3, 5), (2, 4), (1, 3)]
    assert sentence_bleu(said, [right]) == pytest.approx((5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** (1 / 4))
    assert sentence_bleu(said[:4], [right]) == pytest.approx(math.exp(1 - 6 / 4))  # nothing wrong, two words missing


def test_clipping_is_against_the_reference_that_has_most():
    # Papineni et al. (2002), section 2.1, example 2: 2/7; and with two references it is not their sum
    said = ["the", "the", "the", "the", "the", "the", "the"]
    one, two = ["the", "cat", "is", "on", "the", "mat"], ["there", "is", "a", "cat", "on", "the", "mat"]
    assert clipped_matches(said, [one, two], 1) == (2, 7)
    assert clipped_matches(said, [two], 1) == (1, 7)


def test_the_nearest_length_and_of_two_the_shorter():
    four = ["a"] * 4
    for many in ([3, 5], [5, 3]):
        assert closest_length(four, [["a"] * n for n in many]) == 3
    assert closest_length(four, [["a"] * n for n in (1, 5)]) == 5
    assert brevity_penalty(4, 3) == brevity_penalty(4, 4) == 1
    assert brevity_penalty(4, 5) == pytest.approx(math.exp(-0.25))
    assert brevity_penalty(0, 5) == 0


def test_bleu_of_many_is_no_mean_of_bleus():
    said, right = cut(["a b c d e f", "a b"], [["a b c d e f"], ["x y"]])
    each = [sentence_bleu(*pair, max_n=1) for pair in zip(said, right, strict=True)]
    assert each == [1, 0]
    assert corpus_bleu(said, right, max_n=1) == pytest.approx(6 / 8)


def test_a_perfect_caption_of_three_words_needs_shorter_runs():
    three = ["two", "red", "squares"]
    assert sentence_bleu(three, [three]) == sentence_bleu(three, [three], smoothing="exp") == 0
    assert sentence_bleu(three, [three], max_n=3) == sentence_bleu(three, [three], effective_order=True) == 1
    assert corpus_bleu([three] * 100, [[three]] * 100) == 0


def test_a_short_caption_adds_no_runs_that_it_has_not():
    # all perfect: nltk 3.10.4 counts one run of four words for each caption of three, and says (3/12)^(1/4)
    said = [["two", "cats", "sleep"]] * 9 + [["a", "dog", "runs", "after", "a", "ball"]]
    assert corpus_bleu(said, [[each] for each in said]) == 1


def test_uncut_chinese_is_one_word():
    uncut = ["左边是三"]
    assert sentence_bleu(uncut, [uncut]) == 0
    assert sentence_bleu(list("左边是三"), [list("左边是三")]) == 1


def test_exact_match_counts_captions():
    said, right = cut(["a cat", "a dog", "a"], [["a cat"], ["dog a", "a  dog"], ["a cat"]])
    assert exact_match(said, right) == pytest.approx(2 / 3)
    assert exact_match([tuple(each) for each in said], right) == pytest.approx(2 / 3)


@pytest.mark.parametrize("measure", [measures.corpus_bleu, measures.exact_match])
@pytest.mark.parametrize(
    ("captions", "references", "words"),
    [
        (["a cat"], [[["a", "cat"]]], "caption 0 must be a list, not a text, got 'a cat'"),
        ([["a", "cat"]], [["a cat"]], "a reference of caption 0 must be a list, not a text, got 'a cat'"),
        ([["a", "cat"]], [["a", "cat"]], "a reference of caption 0 must be a list, not a text, got 'a'"),
        ([["a"]], ["a"], "references of caption 0 must be a list, not a text, got 'a'"),
        ("a cat", [[["a"]]], "captions must be a list, not a text"),
        ([["a"], [3]], [[["a"]], [["a"]]], "caption 1 must be a list of words, got 3"),
        ([["a"]], [[["a"]], [["a"]]], "got 1 captions and references of 2"),
        ([], [], "captions must be at least one"),
        ([["a"], ["a"]], [[["a"]], []], "references of caption 1 must be at least one"),
    ],
)
def test_measures_refuse(measure, captions, references, words):
    with pytest.raises(ValueError, match=words):
        measure(captions, references)


def test_bleu_refuses_options():
    for how, words in [
        ({"max_n": 0}, "max_n must be an integer of at least 1, got 0"),
        ({"smoothing": "floor"}, "smoothing must be 'none' or 'exp', got 'floor'"),
    ]:
        with pytest.raises(ValueError, match=words):
            measures.corpus_bleu([["a"]], [[["a"]]], **how)


# greedy and beam search

HOW = {"begin": 7, "end": 0}


def random_tree(seed, words=3, depth=3, whole=False):
    """Chances after each path; at the last word of all, the end is certain. Whole: of many ties."""
    rng = torch.Generator().manual_seed(seed)
    tree = {}
    for length in range(depth + 1):
        for path in itertools.product(range(1, words), repeat=length):
            parts = torch.rand(words, generator=rng, dtype=torch.float64)
            parts = 1 + (3 * parts).floor() if whole else parts
            tree[path] = (parts / parts.sum()).tolist() if length < depth else [1.0] + [0.0] * (words - 1)
    return tree


def chance(tree, ids, ended=True):
    """Of a caption: one factor after the other."""
    path, total = (), 1.0
    for word in (*ids, 0) if ended else ids:
        total *= tree[path][word]
        path = (*path, word)
    return total


def everything(tree):
    """All captions of a tree with their chances, the likeliest first."""
    ended = [(path, chance(tree, path)) for path in tree if chance(tree, path) > 0]
    return sorted(ended, key=lambda each: -each[1])


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_a_beam_of_one_is_greedy_on_ties_too(seed, whole):
    tree = random_tree(seed, whole=whole)
    for longest in (1, 2, 6):
        (one,) = greedy(*tree_step(tree), **HOW, longest=longest)
        assert beam_search(*tree_step(tree), **HOW, longest=longest, width=1) == [one]
        assert one.logp == pytest.approx(math.log(chance(tree, one.ids, one.ended)))


def test_of_equals_the_first_wins():
    # torch.topk of 32 equal numbers starts with the one in place 22
    step, state = tree_step({path: [1 / 32] * 32 for k in range(3) for path in itertools.product(range(31), repeat=k)})
    (one,) = greedy(step, state, begin=0, end=31, longest=2)
    found = beam_search(step, state, begin=0, end=31, longest=2, width=3)
    assert one.ids == (0, 0)
    assert [each.ids for each in found] == [(0, 0), (0, 1), (0, 2)]
    assert not any(each.ended for each in found)


@pytest.mark.parametrize("seed", range(10))
def test_a_beam_as_wide_as_all_is_exhaustive(seed):
    tree = random_tree(seed)
    found = beam_search(*tree_step(tree), **HOW, longest=4, width=2 * len(tree))  # what is impossible is not kept
    expected = everything(tree)
    assert [each.ids for each in found] == [ids for ids, _ in expected]
    assert [math.exp(each.logp) for each in found] == pytest.approx([p for _, p in expected])
    assert sum(p for _, p in expected) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("width", [2, 3, 5])
def test_what_a_beam_finds_is_scored_and_sorted(seed, width):
    tree = random_tree(seed)
    found = beam_search(*tree_step(tree), **HOW, longest=4, width=width)
    assert len({each.ids for each in found}) == len(found) == width
    assert all(each.ended for each in found)
    for each in found:
        assert each.logp == pytest.approx(math.log(chance(tree, each.ids)))
    assert sorted(found, key=lambda each: -each.logp) == found


BELOW_GREEDY = {
    (): [0.0, 0.5, 0.4, 0.1],
    (1,): [0.2, 0.3, 0.25, 0.25],
    (2,): [0.0, 0.6, 0.4, 0.0],
    (3,): [1.0, 0.0, 0.0, 0.0],
    (1, 1): [1.0, 0.0, 0.0, 0.0],
    (2, 1): [0.5, 0.3, 0.2, 0.0],
    (2, 2): [0.5, 0.3, 0.2, 0.0],
}


@pytest.mark.parametrize(("width", "ids", "p"), [(1, (1, 1), 0.15), (2, (2, 1), 0.12), (3, (1, 1), 0.15)])
def test_two_beams_can_find_less_than_greedy(width, ids, p):
    # after two words 0.5 * 0.3 = 0.15 falls behind 0.4 * 0.6 = 0.24 and 0.4 * 0.4 = 0.16; but it would have been kept whole
    best, *_ = beam_search(*tree_step(BELOW_GREEDY), **HOW, longest=9, width=width)
    assert (best.ids, math.exp(best.logp)) == (ids, pytest.approx(p))


def test_what_has_ended_is_kept():
    # the end at once: 0.3; then there is always something likelier that goes on, until it falls apart
    tree = {(): [0.3, 0.7, 0.0], (1,): [0.0, 0.5, 0.5], (1, 1): [0.4, 0.3, 0.3], (1, 2): [0.4, 0.3, 0.3]}
    found = beam_search(*tree_step(tree), **HOW, longest=3, width=2)
    assert [(each.ids, each.ended) for each in found] == [((), True), ((1, 1), True)]
    assert [math.exp(each.logp) for each in found] == pytest.approx([0.3, 0.14])


def test_what_was_cut_off_stands_last():
    tree = {(): [0.1, 0.9], (1,): [0.0, 1.0], (1, 1): [0.0, 1.0]}
    cut_off = Caption((1, 1, 1), pytest.approx(math.log(0.9)), False)
    assert greedy(*tree_step(tree), **HOW, longest=3) == [cut_off]
    found = beam_search(*tree_step(tree), **HOW, longest=3, width=2)
    assert found == [Caption((), pytest.approx(math.log(0.1)), True), cut_off]


def test_length_normalisation_changes_the_order_only():
    # 0.4 for the end at once, against 0.36 for three words and the end
    tree = {(): [0.4, 0.6], (1,): [0.0, 1.0], (1, 1): [0.0, 1.0], (1, 1, 1): [0.6, 0.4]}
    plain, ratio = (beam_search(*tree_step(tree), **HOW, longest=4, width=2, alpha=alpha) for alpha in (0, 1))
    assert [each.ids for each in plain] == [(), (1, 1, 1)]
    assert ratio == plain[::-1]
    assert [each.score(1) for each in plain] == pytest.approx([math.log(0.4), math.log(0.36) / (9 / 6)])
    assert plain[1].score(0.7) == pytest.approx(math.log(0.36) / 1.5**0.7)


class State(NamedTuple):
    h: torch.Tensor
    stays: tuple[torch.Tensor]


def linear_model(rows, words=5, d=4):
    """A random recurrent model with a state in two parts, one of which stays the same."""
    rng = torch.Generator().manual_seed(2)
    into, out, first = (torch.randn(n, m, generator=rng) for n, m in [(words, d), (d, words), (rows, d)])

    def step(state, tokens):
        h = torch.tanh(state.h + into[tokens] + state.stays[0])
        return (h @ out).log_softmax(1), state._replace(h=h)

    return step, State(torch.zeros(rows, d), (first,))


def test_greedy_writes_many_as_it_writes_each():
    step, (h, (fixed,)) = linear_model(40)  # a named tuple, as a model may have it
    how = {"begin": 1, "end": 0, "longest": 8}
    found = greedy(step, State(h, (fixed,)), **how)
    assert len({each.ids for each in found}) > 5
    assert {each.ended for each in found} == {True, False}
    for i, each in enumerate(found):
        state = State(h[i : i + 1], (fixed[i : i + 1],))
        (alone,) = greedy(step, state, **how)
        assert (alone.ids, alone.ended) == (each.ids, each.ended)
        assert alone.logp == pytest.approx(each.logp, abs=1e-5)
        (beam,) = beam_search(step, state, **how, width=1)
        assert (beam.ids, beam.ended) == (each.ids, each.ended)


def test_each_beam_goes_on_from_its_own_state():
    step, state = linear_model(1)
    for each in beam_search(step, state, begin=1, end=0, longest=6, width=4):
        words = torch.tensor([1, *each.ids, 0][: len(each.ids) + 1 + each.ended])
        total, s = 0.0, state
        for before, after in itertools.pairwise(words):
            rows, s = step(s, before[None])
            total += float(rows[0, after])
        assert each.logp == pytest.approx(total, abs=1e-5)


def test_decoding_needs_no_gradient():
    weight = torch.ones(2, requires_grad=True)

    def step(state, tokens):
        return (weight * state).log_softmax(1), state

    (one,) = greedy(step, torch.zeros(1, 2), begin=0, end=0, longest=2)
    assert one == Caption((), pytest.approx(math.log(0.5)), True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"longest": 0}, "longest must be an integer of at least 1, got 0"),
        ({"end": -1}, "end must be an integer of at least 0, got -1"),
        ({"begin": 1.5}, "begin must be an integer of at least 0, got 1.5"),
        ({"state": 3}, "a state must be a tensor or a tuple of states, got 3"),
        ({"state": ()}, r"a state must be a tensor or a tuple of states, got \(\)"),
        ({"state": torch.tensor(1.0)}, "a state must have captions on axis 0"),
        ({"end": 2}, r"step must give 1 rows of more than 2 words, got shape \(1, 2\)"),
        ({"step": lambda s, t: (torch.zeros(1, 2), s)}, "add up to 2: is a log_softmax missing"),
        ({"step": lambda s, t: (torch.full((1, 2), math.nan), s)}, "add up to nan"),
        ({"step": lambda s, t: (torch.full((1, 2), -math.inf), s)}, "add up to 0"),
    ],
)
def test_decoding_refuses(change, words):
    def step(state, tokens):
        return torch.full((1, 2), 0.5).log(), state

    given = {"step": step, "state": torch.zeros(1, 3), "begin": 0, "end": 1, "longest": 4, **change}
    for search in (decoding.greedy, lambda **given: decoding.beam_search(**given, width=2)):
        with pytest.raises(ValueError, match=words):
            search(**given)


def test_beam_search_refuses():
    step, state = tree_step(BELOW_GREEDY)
    how = {"begin": 0, "end": 0, "longest": 4, "width": 2}
    for change, words in [
        ({"width": 0}, "width must be an integer of at least 1, got 0"),
        ({"alpha": -1}, "alpha must be a finite number of at least 0, got -1"),
        ({"state": torch.zeros(2, 0)}, "state must be of one, got 2 on axis 0"),
    ]:
        with pytest.raises(ValueError, match=words):
            decoding.beam_search(**{"step": step, "state": state, **how, **change})


# the masked loss

PAD = 0


@pytest.fixture
def batch():
    """Scores of 3 captions of 5, 2 and 1 words in 5 places, out of 6 words."""
    rng = torch.Generator().manual_seed(4)
    scores = torch.randn(3, 5, 6, generator=rng, dtype=torch.float64)
    target = torch.tensor([[3, 1, 5, 2, 4], [2, 3, PAD, PAD, PAD], [1, PAD, PAD, PAD, PAD]])
    return scores, target


@pytest.mark.equation("masked_loss")
def test_masked_loss_by_its_formula_and_torch(batch):
    scores, target = batch
    there = (target != PAD).double()
    logp = scores.log_softmax(-1).gather(-1, target[..., None]).squeeze(-1)
    loss = masked_cross_entropy(scores, target, PAD)
    assert_close(loss, -(there * logp).sum() / there.sum())
    assert_close(loss, cross_entropy(scores.movedim(-1, 1), target, ignore_index=PAD))
    assert_close(masked_cross_entropy(scores, target.where(target != PAD, -1), -1), loss)  # a filler that is no word


def test_masked_gradient(batch):
    scores, target = batch
    scores.requires_grad_()
    assert torch.autograd.gradcheck(lambda z: masked_cross_entropy(z, target, PAD), scores)
    (gradient,) = torch.autograd.grad(masked_cross_entropy(scores, target, PAD), scores)
    right = torch.nn.functional.one_hot(target, 6)
    assert_close(gradient, (scores.softmax(-1) - right) * (target != PAD)[..., None] / 8)


def test_filler_has_no_say_even_if_it_is_nan(batch):
    scores, target = batch
    loss = masked_cross_entropy(scores, target, PAD)
    spoilt = scores.masked_fill((target == PAD)[..., None], math.nan).requires_grad_()
    again = masked_cross_entropy(spoilt, target, PAD)
    assert_close(again, loss)
    (gradient,) = torch.autograd.grad(again, spoilt)
    assert gradient.isfinite().all()


def test_each_word_counts_the_same_not_each_caption(batch):
    scores, target = batch
    lengths = Counter(torch.nonzero(target != PAD)[:, 0].tolist())
    means = {i: masked_cross_entropy(scores[[i]], target[[i]], PAD) for i in lengths}
    weighted = sum(lengths[i] * means[i] for i in lengths) / sum(lengths.values())
    assert_close(masked_cross_entropy(scores, target, PAD), weighted)
    assert abs(float(weighted - sum(means.values()) / 3)) > 0.01


def test_where_nothing_counts_torch_gives_nan_and_we_refuse(batch):
    scores, target = batch
    none = torch.full_like(target, PAD)
    scores.requires_grad_()
    loss = cross_entropy(scores.movedim(-1, 1), none, ignore_index=PAD)
    assert loss.isnan()
    assert (torch.autograd.grad(loss, scores)[0] == 0).all()  # so that the weights survive
    there = (none != PAD).double()
    divided = (there * scores.logsumexp(-1)).sum() / there.sum()
    assert torch.autograd.grad(divided, scores)[0].isnan().all()  # they do not where a mask is divided by hand
    with pytest.raises(ValueError, match=r"target holds nothing but pad \(0\), in shape \(3, 5\)"):
        masked_cross_entropy(scores, none, PAD)


def test_masked_loss_refuses(batch):
    scores, target = batch
    for a, b, words in [
        (scores.long(), target, "scores must hold floating-point numbers"),
        (scores[0], target, r"scores must have 3 axes \(captions, places, words\)"),
        (scores, target.double(), "target must hold int64 words, got torch.float64"),
        (scores, target[:, :4], r"target must have the shape of the places, \(3, 5\), got \(3, 4\)"),
        (scores, target + 2, "target must be a class from 0 to 5, got 7"),
    ]:
        with pytest.raises(ValueError, match=words):
            masked.masked_cross_entropy(a, b, PAD)
