"""Numbers in two languages: exact in both, there and back; pairs of them; translation learned and tested."""

import base64
import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.testing import assert_close

import dlbook.transformer.numbers
import dlbook.transformer.pairs
import dlbook.transformer.replacing
import dlbook.transformer.translation
from dlbook.transformer import Transformer, sending
from dlbook.transformer.numbers import (
    CHINESE,
    ENGLISH,
    english_text,
    english_tokens,
    from_chinese,
    from_english,
    in_chinese,
    in_english,
)
from dlbook.transformer.pairs import SIGNS, WORDS, chinese_ids, drawn_numbers, english_ids, is_short
from dlbook.transformer.replacing import replaced, spread
from dlbook.transformer.translation import Pairs, exact, fit_pairs, number_pairs, pairs_loss, translate
from dlbook.transformer.translator import answers, its_numbers, measured, new_translator, translator
from dlbook.vocabulary import BOS, EOS, PAD

KNOWN = [
    (0, "zero", "零"),
    (2, "two", "二"),
    (10, "ten", "十"),
    (12, "twelve", "十二"),
    (20, "twenty", "二十"),
    (22, "twenty-two", "二十二"),
    (100, "one hundred", "一百"),
    (102, "one hundred and two", "一百零二"),
    (110, "one hundred and ten", "一百一十"),
    (200, "two hundred", "二百"),
    (222, "two hundred and twenty-two", "二百二十二"),
    (1_000, "one thousand", "一千"),
    (1_002, "one thousand and two", "一千零二"),
    (1_010, "one thousand and ten", "一千零一十"),
    (1_100, "one thousand one hundred", "一千一百"),
    (2_000, "two thousand", "两千"),
    (2_200, "two thousand two hundred", "两千二百"),
    (10_000, "ten thousand", "一万"),
    (10_010, "ten thousand and ten", "一万零一十"),
    (10_100, "ten thousand one hundred", "一万零一百"),
    (12_000, "twelve thousand", "一万二千"),
    (20_000, "twenty thousand", "两万"),
    (20_002, "twenty thousand and two", "两万零二"),
    (22_000, "twenty-two thousand", "两万二千"),
    (100_000, "one hundred thousand", "十万"),
    (100_005, "one hundred thousand and five", "十万零五"),
    (105_000, "one hundred and five thousand", "十万五千"),
    (120_300, "one hundred and twenty thousand three hundred", "十二万零三百"),
    (200_000, "two hundred thousand", "二十万"),
    (999_999, "nine hundred and ninety-nine thousand nine hundred and ninety-nine", "九十九万九千九百九十九"),
]
EACH = (
    st.integers(0, 999_999)
    | st.integers(0, 99).map(lambda n: n * 10_000)
    | st.integers(0, 999).map(lambda n: n * 1_000)
)


@pytest.mark.parametrize(("n", "english", "chinese"), KNOWN)
def test_numbers_are_written_and_read_as_people_do(n, english, chinese):
    assert in_english(n) == english
    assert in_chinese(n) == chinese
    assert from_english(english) == n
    assert from_chinese(chinese) == n


def test_there_and_back_is_the_same_number_so_no_text_stands_for_two():
    for n in [*range(11_000), *range(11_000, 1_000_000, 997)]:
        assert from_english(in_english(n)) == n
        assert from_chinese(in_chinese(n)) == n


def by_substitution(n):
    """Another way to Chinese: first every digit with its unit, then the rules, one after the other."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千", "万", "十", "百", "千"]
    places = [digits[int(c)] + units[i] for i, c in reversed(list(enumerate(reversed(f"{n:06}"))))]
    text = "".join(places)  # 零十零万零千三百零十五
    text = re.sub("零([十百千])", "零", text)
    text = re.sub("零*万", "万", text) if n >= 10_000 else text.replace("零万", "")
    text = re.sub("零+", "零", text)
    text = text.lstrip("零").rstrip("零") or "零"
    text = re.sub("^一十", "十", text)
    return "两" + text[1:] if re.match("二[千万]", text) else text


def test_chinese_is_what_the_rules_make_of_the_digits_all_over_the_range():
    for n in range(0, 1_000_000, 101):
        assert in_chinese(n) == by_substitution(n)


@given(EACH)
def test_chinese_is_what_the_rules_make_of_the_digits(n):
    text = in_chinese(n)
    assert text == by_substitution(n)
    assert "零零" not in text
    assert n == 0 or not re.search("零$|零万|^零|^一十", text)
    assert not re.search("两(?![千万])|.两", text)
    assert not re.match("二[千万]", text)


@given(EACH)
def test_english_is_what_its_parts_say(n):
    text = in_english(n)
    thousands, rest = divmod(n, 1000)
    if thousands and rest:
        join = " and " if rest < 100 else " "
        assert text == in_english(thousands * 1000) + join + in_english(rest)
    assert english_text(english_tokens(text)) == text
    assert set(english_tokens(text)) <= set(ENGLISH)
    assert set(in_chinese(n)) <= set(CHINESE)


def test_all_words_and_signs_are_used():
    numbers = [*range(130), 1_000, 2_000, 10_000]
    assert {w for n in numbers for w in english_tokens(in_english(n))} == set(ENGLISH)
    assert {c for n in numbers for c in in_chinese(n)} == set(CHINESE)


@pytest.mark.parametrize(
    ("text", "n"), [("两百", 200), ("二千", 2_000), ("二万两千", 22_000), ("三百两十", None), ("两", None)]
)
def test_both_twos_are_read_where_both_are_right(text, n):
    if n is None:
        with pytest.raises(ValueError, match=f"no number from 0 to 999,999 in words: '{text}'"):
            from_chinese(text)
    else:
        assert from_chinese(text) == n


@pytest.mark.parametrize(
    "text",
    ["", "一十", "一百二", "零五", "一百零零五", "十百", "一千零百", "百", "一百万", "十万零五千", "twelve", "二 十"],
)
def test_chinese_nonsense_is_refused(text):
    with pytest.raises(ValueError, match="this is no number from 0 to 999,999 in words"):
        from_chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "five two",
        "twenty one",
        "hundred",
        "one hundred five",
        "one thousand and one hundred",
        "zero thousand",
        "十",
        "one thousand thousand",
        "ten-five",
        "Five",
        "five ",
    ],
)
def test_english_nonsense_is_refused(text):
    with pytest.raises(ValueError, match="this is no number from 0 to 999,999 in words"):
        from_english(text)


NUMBERS = as_a_reader_imports_it(dlbook.transformer.numbers)
PAIRS = as_a_reader_imports_it(dlbook.transformer.pairs)
TRANSLATION = as_a_reader_imports_it(dlbook.transformer.translation)


@pytest.mark.parametrize("wrong", [-1, 1_000_000, 2.0, True, "5", None])
@pytest.mark.parametrize("write", [NUMBERS.in_english, NUMBERS.in_chinese])
def test_what_is_no_such_number_is_refused(write, wrong):
    with pytest.raises(ValueError, match=re.escape(f"a number must be an integer from 0 to 999999, got {wrong!r}")):
        write(wrong)


# Pairs


def test_no_number_is_in_two_parts_and_only_the_length_of_longer_ones_is_new():
    parts = drawn_numbers(2_000, 300, torch.Generator().manual_seed(1))
    assert [len(part) for part in parts] == [2_000, 300, 300]
    assert len({n for part in parts for n in part}) == 2_600
    lengths = [[len(english_tokens(in_english(n))) for n in part] for part in parts]
    assert max(lengths[0]) == max(lengths[1]) == 8
    assert min(lengths[2]) == 9
    assert max(lengths[2]) == 11
    known = [{w for n in part for w in english_tokens(in_english(n))} for part in parts]
    assert known[2] <= known[0]
    assert {c for n in parts[2] for c in in_chinese(n)} <= {c for n in parts[0] for c in in_chinese(n)}
    assert parts == drawn_numbers(2_000, 300, torch.Generator().manual_seed(1))
    assert parts != drawn_numbers(2_000, 300, torch.Generator().manual_seed(2))


@pytest.mark.parametrize(
    ("n", "short"), [(0, True), (99_999, True), (999_000, True), (100_999, True), (101_999, False), (900_500, True)]
)
def test_short_is_at_most_eight_words(n, short):
    assert is_short(n) is short is (len(in_english(n).replace("-", " ").split()) <= 8)


def test_ids_say_the_texts():
    numbers = [305, 7, 999_999]
    for vocabulary, ids, texts in (
        (WORDS, english_ids(numbers), [english_tokens(in_english(n)) for n in numbers]),
        (SIGNS, chinese_ids(numbers), [list(in_chinese(n)) for n in numbers]),
    ):
        assert ids.shape == (3, 13)
        for row, text in zip(ids, texts, strict=True):
            end = len(text) + 2
            assert vocabulary.decode(row[1 : end - 1]) == text
            assert [int(row[0]), int(row[end - 1])] == [BOS, EOS]
            assert (row[end:] == PAD).all()


@pytest.mark.parametrize(
    ("learned", "others", "message"),
    [
        (0, 1, "learned must be an integer of at least 1, got 0"),
        (1, 2.0, "others must be an integer of at least 1, got 2.0"),
    ],
)
def test_senseless_parts_are_refused(learned, others, message):
    with pytest.raises(ValueError, match=message):
        PAIRS.drawn_numbers(learned, others, torch.Generator())


def test_more_numbers_than_there_are_are_refused(monkeypatch):
    monkeypatch.setattr(PAIRS, "is_short", lambda n: n < 10)
    with pytest.raises(ValueError, match="there are too few numbers for 12 short ones and 2 longer ones"):
        PAIRS.drawn_numbers(10, 2, torch.Generator().manual_seed(0))


# Translation


def small(seed=0, dtype=torch.float64):
    rng = torch.Generator().manual_seed(seed)
    return Transformer(len(WORDS), len(SIGNS), 16, 2, 1, 32, padding=PAD, generator=rng).to(dtype)


def test_filling_does_not_change_the_loss():
    model, pairs = small(), number_pairs([3, 305, 21_040], "to chinese")
    losses = [pairs_loss(model, pairs, s) for s in (0.0, 0.1)]
    wider = Pairs(*(torch.nn.functional.pad(ids, (0, 3), value=PAD) for ids in pairs))
    for smoothing, loss in zip((0.0, 0.1), losses, strict=True):
        assert_close(pairs_loss(model, wider, smoothing), loss)
    scores = model(pairs.source, pairs.target[:, :-1]).log_softmax(-1)
    real = pairs.target[:, 1:] != PAD
    by_hand = [-scores[i, t, pairs.target[i, t + 1]] for i, t in real.nonzero().tolist()]
    assert_close(losses[0], torch.stack(by_hand).mean())


def test_it_learns_what_it_is_shown_and_says_when_it_ends():
    model, numbers = small(dtype=torch.float32), list(range(1, 40))
    pairs = number_pairs(numbers, "to chinese")
    how = {"steps": 300, "rate": 0.01, "batch": 13}
    losses = fit_pairs(model, pairs, **how, generator=torch.Generator().manual_seed(0))
    assert len(losses) == 300
    assert losses[0] > 2
    assert losses[-1] < 0.02
    found = translate(model.eval(), pairs.source)
    assert exact(found, pairs.target).all()
    one = translate(model, english_ids([37]))  # alone, without filling
    assert SIGNS.decode(one[0]) == ["<bos>", *"三十七", "<eos>"]
    again = small(dtype=torch.float32)
    assert fit_pairs(again, pairs, **how, generator=torch.Generator().manual_seed(0)) == losses


def test_the_rate_rises_and_falls(monkeypatch):
    seen = []

    class Watched(torch.optim.Adam):
        def step(self):
            seen.append(self.param_groups[0]["lr"])

    monkeypatch.setattr(torch.optim, "Adam", Watched)
    pairs = number_pairs([1, 2], "to chinese")
    fit_pairs(small(), pairs, steps=10, rate=1.0, warm=0.2, generator=torch.Generator())
    assert seen == pytest.approx([0.5, 1, 7 / 8, 6 / 8, 5 / 8, 4 / 8, 3 / 8, 2 / 8, 1 / 8, 0])


def test_each_written_token_has_the_largest_score_after_those_before():
    model = small().eval()
    source = number_pairs([5, 99_999], "to chinese").source
    found = translate(model, source, longest=6)
    assert found.shape[1] <= 7
    best = model(source, found[:, :-1]).argmax(-1)
    for row, chosen in zip(found.tolist(), best.tolist(), strict=True):
        end = row.index(EOS) if EOS in row else len(row) - 1
        assert row[1 : end + 1] == chosen[:end]
        assert all(token == PAD for token in row[end + 1 :])


@given(st.lists(st.lists(st.integers(4, 6), max_size=3), min_size=2, max_size=2), st.integers(0, 2), st.integers(0, 2))
def test_exact_is_equality_of_texts(texts, more, less):
    def ids(text, filling):
        return torch.tensor([[BOS, *text, EOS, *[PAD] * filling]])

    equal = exact(ids(texts[0], more), ids(texts[1], less))
    assert equal.tolist() == [texts[0] == texts[1]]


def test_both_directions_are_the_same_pairs():
    one, other = (number_pairs([12, 305], way) for way in ("to chinese", "to english"))
    assert torch.equal(one.source, other.target)
    assert torch.equal(one.target, other.source)
    with pytest.raises(ValueError, match=r"direction must be one of \('to chinese', 'to english'\), got 'to french'"):
        TRANSLATION.number_pairs([1], "to french")


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"steps": 0}, "steps must be an integer of at least 1, got 0"),
        ({"batch": 1.5}, "batch must be an integer of at least 1, got 1.5"),
        ({"warm": 0}, "warm must be a finite number above 0 and below 1, got 0"),
        ({"warm": 1}, "warm must be a finite number above 0 and below 1, got 1"),
    ],
)
def test_senseless_training_is_refused(how, message):
    how = {"steps": 1, "rate": 0.1, "generator": torch.Generator(), **how}
    with pytest.raises(ValueError, match=message):
        TRANSLATION.fit_pairs(small(), number_pairs([1], "to chinese"), **how)
    with pytest.raises(ValueError, match="longest must be an integer of at least 1, got 0"):
        TRANSLATION.translate(small(), english_ids([1]), longest=0)


# Translators that have learned, and heads that look elsewhere


@pytest.mark.parametrize("direction", ["to chinese", "to english"])
def test_the_translators_are_as_good_as_they_were_when_they_were_kept(direction):
    model, numbers = translator(direction), its_numbers()
    for name in ("held_out", "longer"):
        part = getattr(numbers, name)
        found = answers(model, part, direction)
        write = in_chinese if direction == "to chinese" else in_english
        assert [text == write(n) for text, n in zip(found.texts, part, strict=True)] == found.right.tolist()
        assert found.right.double().mean().item() == pytest.approx(measured()[direction][name], abs=0.004)
    assert measured()[direction]["held_out"] >= 0.999
    assert measured()[direction]["longer"] < 0.1


def test_a_new_translator_is_what_the_kept_one_was_before():
    new = new_translator("to english", torch.Generator().manual_seed(0))
    assert {name: p.shape for name, p in new.named_parameters()} == {
        name: p.shape for name, p in translator("to english").named_parameters()
    }
    assert new.encode(chinese_ids([5])).shape == (1, 3, 32)


CROSS = "decoder.layers.0.cross.layer"


@pytest.mark.parametrize("name", [CROSS, "encoder.layers.0.attention.layer", "decoder.layers.0.attention.layer"])
@pytest.mark.parametrize("head", [0, 1])
def test_only_the_head_that_is_named_looks_elsewhere(name, head):
    model, pairs = small().eval(), number_pairs([21_040, 7], "to chinese")
    inputs = pairs.source, pairs.target[:, :-1]
    before = model(*inputs)
    with replaced(model, name, head, lambda weights: weights):
        assert_close(model(*inputs), before)
    layer = model.get_submodule(name)
    seen = {}

    def note(module, args, output):
        seen["args"], seen["output"] = args, output

    with replaced(model, name, head, spread):
        hook = layer.register_forward_hook(note)  # after that of `replaced`: sees what it gave
        changed = model(*inputs)
    hook.remove()
    x, memory, mask = (*seen["args"], None, None)[:3]
    weights = layer.weights(x, memory, mask)
    may = (weights[:, head] > 0).double()
    weights[:, head] = may / may.sum(-1, keepdim=True)
    values = layer.value(x if memory is None else memory).unflatten(-1, (2, 8)).transpose(1, 2)
    expected = layer.output((weights @ values).transpose(1, 2).flatten(2))
    assert_close(seen["output"], expected)
    assert not changed.allclose(before)
    with pytest.raises(ZeroDivisionError), replaced(model, name, head, spread):
        raise ZeroDivisionError
    assert torch.equal(model(*inputs), before)  # all is as it was


def test_an_even_map_looks_nowhere_that_is_closed():
    weights = torch.tensor([[0.7, 0.3, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    assert spread(weights).tolist() == [[0.5, 0.5, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def test_heads_that_are_not_there_are_refused():
    replacing = as_a_reader_imports_it(dlbook.transformer.replacing)
    with (
        pytest.raises(ValueError, match=r"there is attention at encoder.*cross.layer, got 'decoder'"),
        replacing.replaced(small(), "decoder", 0, spread),
    ):
        pass
    with (
        pytest.raises(ValueError, match="head must be an integer from 0 to 1, got 2"),
        replacing.replaced(small(), CROSS, 2, spread),
    ):
        pass


SENT = Path(__file__).parents[1] / "docs/theme/widgets/translate.weights.mjs"


def test_the_page_gets_the_weights_of_the_package():
    assert SENT.read_text("utf8") == sending.module()
    assert len(gzip.compress(SENT.read_bytes())) < 66_000  # "65 kB"


def test_what_the_page_gets_are_the_numbers_of_the_translator_as_they_are():
    said = {
        name: json.loads(value)
        for name, value in re.findall(r"^export const (\w+) = (.*);$", SENT.read_text("utf8"), re.M)
    }
    numbers = torch.from_numpy(np.frombuffer(base64.b64decode(said["PACKED"]), "<f2").astype("f4"))
    model = translator("to chinese")
    shapes = {name: list(weight.shape) for name, weight in model.named_parameters()}
    assert (said["WORDS"], said["SIGNS"], said["SHAPES"]) == (WORDS.tokens, SIGNS.tokens, shapes)
    assert torch.equal(numbers, torch.cat([weight.flatten() for weight in model.parameters()]))
