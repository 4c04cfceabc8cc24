"""Vocabulary, word segmentation and byte-pair encoding: laws, other implementations, the numbers of the page."""

import itertools
import math
import re
from collections import Counter
from pydoc_data.topics import topics

import numpy
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.testing import assert_close

import dlbook.vocabulary
import dlbook.vocabulary.bpe
import dlbook.vocabulary.segmentation
from dlbook.data import corpus
from dlbook.vocabulary import BOS, EOS, PAD, SPECIALS, UNK, Vocabulary, one_hot, running_text, tokenize
from dlbook.vocabulary.bpe import BPE
from dlbook.vocabulary.segmentation import WordList, chinese_words, longest_match, segment

ANY = st.text(st.characters(codec=None) | st.characters(categories=["Cs"]))  # lone surrogates too
CHINESE = re.compile("[々〇\u3400-\u9fff\U00020000-\U0003ffff]+")
EN, ZH = running_text(corpus("en")), corpus("zh")


PLAIN = as_a_reader_imports_it(dlbook.vocabulary.words)
PLAIN_BPE = as_a_reader_imports_it(dlbook.vocabulary.bpe)
PLAIN_SEGMENTATION = as_a_reader_imports_it(dlbook.vocabulary.segmentation)


# Cutting


@given(ANY)
def test_characters_lose_nothing(text):
    assert "".join(tokenize(text, by="characters")) == text


@given(ANY)
def test_words_lose_white_space_and_nothing_else(text):
    assert "".join(tokenize(text)) == "".join(text.split())


def test_words_are_runs_of_one_kind():
    assert tokenize("Don't panic: x_1 = 42!") == ["Don", "'", "t", "panic", ":", "x_1", "=", "42", "!"]
    assert tokenize("学Python。好") == ["学", "Python", "。", "好"]
    assert tokenize(" \n\t\u3000") == tokenize("") == []


@pytest.mark.parametrize("run", ["二〇二四年", "𠮷野家", "人々", "〇", "神\ufa19", "\U00030000\U000323af", "々"])
def test_rarer_chinese_characters_belong_to_the_run(run):
    assert tokenize(f"a{run}b, {run}。") == ["a", run, "b", ",", run, "。"]
    cut = tokenize(run, dictionary=chinese_words())
    assert "".join(cut) == run
    assert cut == segment(run, chinese_words())


def test_a_dictionary_of_chinese_leaves_other_scripts_whole():
    text = "한국어 中国 ひらがな"
    assert tokenize(text, dictionary=chinese_words()) == ["한국어", "中国", "ひらがな"] == tokenize(text)


@pytest.mark.parametrize(("text", "met"), [(None, "NoneType"), (["a"], "list"), (b"ab", "bytes"), (7, "int")])
def test_what_is_no_text_is_refused(text, met):
    message = f"text must be a str, got {met}"
    for by in ("words", "characters"):
        with pytest.raises(ValueError, match=message):
            PLAIN.tokenize(text, by=by)
    with pytest.raises(ValueError, match=message):
        PLAIN.running_text(text)
    for cut in (PLAIN_BPE.pre_tokenize, PLAIN_BPE.BPE([]).encode, lambda text: PLAIN_BPE.BPE.train(text, 3)):
        with pytest.raises(ValueError, match=message):
            cut(text)


@given(st.text("孔乙己研究生命的 abc，。7", max_size=20))
def test_a_dictionary_only_cuts_finer(text):
    coarse, fine = tokenize(text), tokenize(text, dictionary=chinese_words())
    assert "".join(coarse) == "".join(fine)
    assert [t for t in coarse if not CHINESE.match(t)] == [t for t in fine if not CHINESE.match(t)]


def test_tokenize_refuses_another_way():
    with pytest.raises(ValueError, match="by must be 'words' or 'characters', got 'letters'"):
        tokenize("abc", by="letters")


def test_running_text_drops_tables_and_rules_and_keeps_sentences():
    text = "Title\n=====\n\n+---+---+\n| a | b |\n+---+---+\n  * one\n  two - three\n---\n~~~\n"
    assert running_text(text) == "Title * one two - three"
    assert running_text("") == ""
    assert "\n" not in EN
    assert "  " not in EN
    assert 0.8 < len(EN) / len(corpus("en")) < 0.95


# Words without spaces

TOY = WordList({"a": 5, "b": 3, "ab": 4, "bc": 2, "abc": 1, "c": 1})


def every_cut(run):
    for flags in itertools.product([False, True], repeat=max(0, len(run) - 1)):
        ends = [i + 1 for i, flag in enumerate(flags) if flag] + [len(run)]
        yield [run[i:j] for i, j in zip([0, *ends], ends, strict=False)] if run else []


@pytest.mark.equation("likeliest_cut")
@given(st.text("abcd", max_size=9))
def test_segment_finds_the_best_of_all_cuts(run):
    def score(cut):
        return math.prod(TOY.counts.get(word, 1) / 16 for word in cut)

    allowed = [cut for cut in every_cut(run) if all(word in TOY or len(word) == 1 for word in cut)]
    found = segment(run, TOY)
    assert found in allowed
    assert score(found) == pytest.approx(max(map(score, allowed)))


def test_segment_prefers_the_shorter_last_word():
    even = WordList({"ab": 2, "c": 2, "a": 2, "bc": 2})
    assert segment("abc", even) == ["ab", "c"]
    assert segment("", even) == longest_match("", even) == []


def test_segment_agrees_with_jieba_on_the_whole_story():
    import jieba

    jieba.setLogLevel(60)
    for run in CHINESE.findall(ZH):
        assert segment(run, chinese_words()) == list(jieba.cut(run, HMM=False))


@given(st.text("abcd", max_size=12))
def test_longest_match_takes_the_longest_word_each_time(run):
    cut = longest_match(run, TOY)
    assert "".join(cut) == run
    rest = run
    for word in cut:
        longer = [w for w in TOY.counts if rest.startswith(w)]
        assert word == max(longer, key=len, default=rest[0])
        rest = rest[len(word) :]


def test_both_ways_cut_wrongly_somewhere():
    words = chinese_words()
    assert longest_match("研究生命的起源", words) == ["研究生", "命", "的", "起源"]
    assert segment("研究生命的起源", words) == ["研究", "生命", "的", "起源"]
    assert longest_match("乒乓球拍卖完了", words) == ["乒乓球拍", "卖完", "了"]
    assert segment("乒乓球拍卖完了", words) == ["乒乓球", "拍卖", "完", "了"]


def test_word_list_knows_its_sum_and_its_longest():
    assert (len(TOY), TOY.total, TOY.longest) == (6, 16, 3)
    assert TOY.share("ab") == 4 / 16
    assert TOY.share("new") == 1 / 16
    assert "new" not in TOY


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({}, "the list of words is empty"),
        ({"": 3}, "a word is a text, not ''"),
        ({3: 3}, "a word is a text, not 3"),
        ({"a": 0}, "the count of 'a' must be an integer of at least 1, got 0"),
        ({"a": 1.5}, "the count of 'a' must be an integer of at least 1, got 1.5"),
    ],
)
def test_word_list_refuses_what_cannot_be_counted(counts, message):
    with pytest.raises(ValueError, match=message):
        PLAIN_SEGMENTATION.WordList(counts)


# Numbering

TOKENS = st.lists(st.text("ab é孔", max_size=2))


@given(TOKENS)
def test_known_tokens_come_back(tokens):
    vocabulary = Vocabulary(tokens)
    ids = vocabulary.encode(tokens)
    assert vocabulary.decode(ids) == tokens
    assert vocabulary.decode(torch.tensor(ids, dtype=torch.int64)) == tokens
    assert set(ids) == set(range(4, len(vocabulary)))


@given(TOKENS, TOKENS)
def test_unknown_tokens_are_lost_and_only_they(train, test):
    vocabulary = Vocabulary(train)
    for token, back in zip(test, vocabulary.decode(vocabulary.encode(test)), strict=True):
        assert back == (token if token in train else "<unk>")


@given(TOKENS)
def test_the_frequent_come_first_and_ties_by_code_point(tokens):
    order, counts = Vocabulary(tokens).tokens[4:], Counter(tokens)
    assert sorted(order) == sorted(counts)
    for a, b in itertools.pairwise(order):
        assert counts[a] > counts[b] or (counts[a] == counts[b] and a < b)


@given(TOKENS, st.integers(1, 4), st.none() | st.integers(4, 9))
def test_rare_tokens_and_those_beyond_the_size_are_cut(tokens, least, most):
    vocabulary, everything = Vocabulary(tokens, min_count=least, max_size=most), Vocabulary(tokens)
    kept = [t for t in everything.tokens[4:] if tokens.count(t) >= least]
    assert vocabulary.tokens == [*SPECIALS, *kept][:most]
    assert len(vocabulary) == len(vocabulary.tokens)


def test_special_tokens_have_fixed_numbers_and_no_text_makes_them():
    vocabulary = Vocabulary(["<eos>", "a", "<unk>", "a", "<pad>"])
    assert vocabulary.tokens == ["<pad>", "<unk>", "<bos>", "<eos>", "a"]
    assert (PAD, UNK, BOS, EOS) == (0, 1, 2, 3)
    assert vocabulary.encode(["a", "<eos>", "<pad>"], ends=True) == [BOS, 4, UNK, UNK, EOS]
    assert vocabulary.encode([], ends=True) == [BOS, EOS]


def test_vocabulary_takes_a_generator():
    assert Vocabulary(t for t in "aab").tokens[4:] == ["a", "b"]


@pytest.mark.parametrize(
    ("tokens", "numbers", "message"),
    [
        ("to be", {}, "tokens must be a list: cut the text first, got 'to be'"),
        (["a", 3], {}, "a token is a text, got 3"),
        (b"to", {}, "a token is a text, got 116"),
        (None, {}, "tokens must be a list of texts, got None"),
        (7, {}, "tokens must be a list of texts, got 7"),
        (["a"], {"min_count": 0}, "min_count must be an integer of at least 1, got 0"),
        (["a"], {"max_size": 3}, "max_size must be an integer of at least 4, got 3"),
        (["a"], {"max_size": 9.0}, "max_size must be an integer of at least 4, got 9.0"),
    ],
)
def test_vocabulary_refuses_what_makes_no_sense(tokens, numbers, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.Vocabulary(tokens, **numbers)


@pytest.mark.parametrize("decoder", [PLAIN.Vocabulary(["a", "b", "c"]), PLAIN_BPE.BPE([(97, 98)])])
def test_decode_refuses_numbers_without_a_token(decoder):
    last = len(decoder) - 1
    with pytest.raises(ValueError, match=f"ids go from 0 to {last}, got {last + 1}"):
        decoder.decode([1, last + 1])
    with pytest.raises(ValueError, match="an id must be an integer of at least 0, got -1"):
        decoder.decode([-1])
    with pytest.raises(ValueError, match=r"an id must be an integer of at least 0, got 1\.0"):
        decoder.decode(torch.tensor([1.0]))


@pytest.mark.parametrize(
    ("ids", "met"),
    [
        (torch.tensor([[4]]), r"Tensor of shape \(1, 1\)"),
        (torch.zeros(2, 3, 5).long(), r"Tensor of shape \(2, 3, 5\)"),
        (torch.tensor(4), r"Tensor of shape \(\)"),
        (numpy.array([[1, 2]]), r"ndarray of shape \(1, 2\)"),
        ([[97]], r"list of shape \(1, 1\)"),
        ([1, [2, 3]], r"list of shape \(2, 2\)"),
        ([torch.tensor([1, 2])], r"list of shape \(1, 2\)"),
        ([[]], r"list of shape \(1, 0\)"),
        (4, r"int of shape \(\)"),
        (None, r"NoneType of shape \(\)"),
    ],
)
@pytest.mark.parametrize("decoder", [PLAIN.Vocabulary(["a", "b", "c"]), PLAIN_BPE.BPE([(97, 98)])])
def test_decode_refuses_other_than_one_row(decoder, ids, met):
    with pytest.raises(ValueError, match=f"ids must be one row of integers, got {met}"):
        decoder.decode(ids)


@pytest.mark.parametrize("decoder", [PLAIN.Vocabulary(["a", "b", "c"]), PLAIN_BPE.BPE([(97, 98)])])
def test_decode_takes_any_one_row(decoder):
    expected = decoder.decode([4, 5, 4])
    for ids in ((4, 5, 4), torch.tensor([4, 5, 4]), numpy.array([4, 5, 4]), iter([4, 5, 4]), range(4, 5)):
        assert decoder.decode(ids) in (expected, decoder.decode([4]))
    assert not decoder.decode([])
    with pytest.raises(ValueError, match="an id must be an integer of at least 0, got 'a'"):
        decoder.decode("a")


def test_encode_refuses_a_text():
    with pytest.raises(ValueError, match="cut the text first, got 'abc'"):
        PLAIN.Vocabulary(["a"]).encode("abc")


# Counts of real texts


def shares(tokens):
    counts = Counter(token for token in tokens if token.isalpha())
    return sorted((n / counts.total() for n in counts.values()), reverse=True)


def slope(xs, ys):
    x, y = (torch.tensor(v, dtype=torch.float64).log() for v in (xs, ys))
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / (x @ x))


@pytest.mark.equation("zipf")
@pytest.mark.parametrize("leave_out", [None, *range(5)])
def test_share_times_rank_stays_near_one_constant(leave_out):
    """On the whole English text, and with every fifth help topic left out: it is no accident of one release."""
    names = [name for i, name in enumerate(sorted(topics)) if leave_out is None or i % 5 != leave_out]
    found = shares(tokenize(running_text("\n".join(topics[name] for name in names)).lower()))
    ranks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    assert all(0.05 < r * found[r - 1] < 0.2 for r in ranks)  # while r grows a thousandfold
    assert -1.2 < slope(ranks, [found[r - 1] for r in ranks]) < -0.8


def test_chinese_words_and_characters_follow_the_law_for_a_while():
    for tokens in (tokenize(ZH, dictionary=chinese_words()), list(ZH)):
        found = shares(tokens)
        assert -1.1 < slope(range(10, 301), found[9:300]) < -0.7


@pytest.mark.equation("zipf_coverage")
@given(st.integers(1, 3000), st.integers(1, 3000))
def test_coverage_is_the_sum_of_the_shares(k, size):
    k = min(k, size)
    r = torch.arange(1, size + 1, dtype=torch.float64)
    law = (1 / r) / (1 / r).sum()  # C / r, with the C for which all shares sum to 1
    harmonic = [math.fsum(1 / i for i in range(1, n + 1)) for n in (k, size)]
    assert float(law[:k].sum()) == pytest.approx(harmonic[0] / harmonic[1])
    assert harmonic[1] == pytest.approx(math.log(size) + 0.5772 + 1 / (2 * size), abs=0.09 / size**2 + 1e-4)


# One-hot


@pytest.mark.equation("one_hot")
@given(st.lists(st.integers(0, 3), max_size=3), st.integers(1, 9), st.integers(0, 99))
def test_one_hot_is_torchs(shape, size, seed):
    ids = torch.randint(size, shape, generator=torch.Generator().manual_seed(seed))
    expected = torch.nn.functional.one_hot(ids, size)
    assert_close(one_hot(ids, size), expected.float())
    assert_close(one_hot(ids, size), torch.eye(size)[ids])
    assert_close(one_hot(ids.to(torch.uint8), size, dtype=torch.int64), expected)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64, torch.int64, torch.bool])
@pytest.mark.parametrize("kind", [torch.uint8, torch.int16, torch.int32, torch.int64])
def test_one_hot_of_any_integers_in_any_type(dtype, kind):
    ids = torch.tensor([[2, 0], [1, 2]], dtype=kind).T
    rows = one_hot(ids, 3, dtype=dtype)
    assert rows.dtype == dtype
    assert_close(rows, torch.eye(3)[ids.long()].to(dtype))


@pytest.mark.equation("one_hot_distance")
@given(st.integers(1, 12))
def test_all_tokens_are_equally_far_apart(size):
    rows = one_hot(torch.arange(size), size, dtype=torch.float64)
    products = [[sum(a * b for a, b in zip(x, y, strict=True)) for y in rows.tolist()] for x in rows.tolist()]
    for j, k in itertools.product(range(size), repeat=2):
        assert products[j][k] == (j == k)
        assert math.dist(rows[j].tolist(), rows[k].tolist()) == pytest.approx(math.sqrt(2) * (j != k))


@pytest.mark.equation("one_hot_bytes")
@given(st.integers(1, 50), st.integers(1, 70))
def test_one_hot_rows_take_half_the_vocabulary_as_many_bytes(length, size):
    ids = torch.zeros(length, dtype=torch.int64)
    rows = one_hot(ids, size)
    assert rows.nbytes / ids.nbytes == size / 2


@pytest.mark.parametrize(
    ("ids", "size", "message"),
    [
        (torch.tensor([1.0]), 3, "ids must be integers, got torch.float32"),
        (torch.tensor([True]), 3, "ids must be integers, got torch.bool"),
        (torch.tensor([1j]), 3, "ids must be integers, got torch.complex64"),
        ([1], 3, "ids must be a tensor, got list"),
        (torch.tensor([[0, 3]]), 3, "ids go from 0 to 2, got 3"),
        (torch.tensor([-1, 7]), 3, "ids go from 0 to 2, got -1"),
        (torch.tensor([0]), 0, "size must be an integer of at least 1, got 0"),
    ],
)
def test_one_hot_refuses_what_numbers_no_token(ids, size, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.one_hot(ids, size)


# What the page says of the texts, whatever the release of Python


@pytest.mark.parametrize("leave_out", range(5))
def test_what_the_page_says_of_english_holds_without_a_fifth_of_the_topics(leave_out):
    names = [name for i, name in enumerate(sorted(topics)) if i % 5 != leave_out]
    text = running_text("\n".join(topics[name] for name in names))
    end = len(text) * 4 // 5
    train, test = text[:end], text[end:]
    counts = Counter(t for t in tokenize(text.lower()) if t.isalpha())
    assert [word for word, _ in counts.most_common(3)] == ["the", "a", "is"]
    ids = Vocabulary(tokenize(train)).encode(tokenize(test))
    assert 0.01 < ids.count(UNK) / len(ids) < 0.08
    bpe = BPE.train(train, 1000)
    density = len(test.encode()) / len(bpe.encode(test))
    assert 2.8 < density < 3.3 < 3.8 < len(test.encode()) / len(tokenize(test)) < 4.4


# Asked, shown, saved


def test_a_vocabulary_says_what_it_holds():
    words = Vocabulary(["b", "a", "b"])
    assert "a" in words
    assert "<eos>" in words
    assert "c" not in words
    assert repr(words) == "Vocabulary(6 tokens, most frequent: 'b', 'a')"
    assert repr(Vocabulary([])) == "Vocabulary(4 tokens, most frequent: none)"


@given(st.lists(st.text(st.characters(codec=None) | st.characters(categories=["Cs"]), min_size=1)), st.integers(1, 2))
def test_a_saved_vocabulary_comes_back(tmp_path_factory, tokens, min_count):
    file = tmp_path_factory.mktemp("saved") / "words.json"
    words = Vocabulary(tokens, min_count=min_count)
    words.save(file)
    again = Vocabulary.load(file)
    assert (again.tokens, again.ids, again.counts) == (words.tokens, words.ids, words.counts)
    assert again.counts["never there"] == 0
    assert again.encode(tokens) == words.encode(tokens)


def test_saved_english_and_chinese_come_back(tmp_path):
    for text, dictionary in ((EN, None), (ZH, chinese_words())):
        words = Vocabulary(tokenize(text, dictionary=dictionary), max_size=1000)
        words.save(str(tmp_path / "words.json"))
        assert Vocabulary.load(str(tmp_path / "words.json")).ids == words.ids
    assert "\\u" not in (tmp_path / "words.json").read_text("utf8")  # a reader can read it


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read"),
        ("[1]", "must hold vocabulary, got None"),
        ('{"kind": "byte pairs", "merges": []}', "must hold vocabulary, got 'byte pairs'"),
        ('{"kind": "vocabulary"}', "must hold a list of tokens, and counts"),
        ('{"kind": "vocabulary", "tokens": ["a"], "counts": {"a": 1}}', "the first tokens must be <pad>"),
        (f'{{"kind": "vocabulary", "tokens": {list(SPECIALS)}, "counts": {{"a": 0}}}}', "of at least 1, got 0"),
        (f'{{"kind": "vocabulary", "tokens": {[*SPECIALS, "a"]}, "counts": {{}}}}', "'a' stands twice or uncounted"),
        (f'{{"kind": "vocabulary", "tokens": {[*SPECIALS, "a", "a"]}, "counts": {{"a": 2}}}}', "'a' stands twice"),
        (
            f'{{"kind": "vocabulary", "tokens": {[*SPECIALS]}, "counts": {{}}, "more": 1}}',
            "must hold nothing else, got more",
        ),
    ],
)
def test_a_file_that_is_no_saved_vocabulary_is_refused(tmp_path, text, message):
    file = tmp_path / "words.json"
    file.write_text(text.replace("'", '"'), "utf8")
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        Vocabulary.load(file)
    assert str(file) in str(caught.value)


def test_a_vocabulary_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    file = tmp_path / "words.json"
    Vocabulary(["a"]).save(file)
    monkeypatch.setattr("dlbook._files.forced_to_disk", lambda path: 1 / 0)  # a full disk
    with pytest.raises(ZeroDivisionError):
        Vocabulary(["b"]).save(file)
    assert Vocabulary.load(file).tokens[-1] == "a"
    assert [p.name for p in tmp_path.iterdir()] == ["words.json"]


def test_what_is_not_there_is_not_loaded(tmp_path):
    with pytest.raises(ValueError, match=r"gone\.json cannot be read"):
        Vocabulary.load(tmp_path / "gone.json")
