"""Byte pairs: laws, other implementations, GPT-2's table, the numbers of the page."""

import base64
import hashlib
import itertools
import re
from collections import Counter

import pytest
import tiktoken
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it

import dlbook.vocabulary
import dlbook.vocabulary.bpe
from dlbook.data import corpus
from dlbook.vocabulary import running_text
from dlbook.vocabulary.bpe import BPE, count_pairs, learn, merge, pre_tokenize
from dlbook.vocabulary.gpt2 import BYTES, END, gpt2, gpt2_ids

ANY = st.text(st.characters(codec=None) | st.characters(categories=["Cs"]))  # lone surrogates too
EN, ZH = running_text(corpus("en")), corpus("zh")


PLAIN_BPE = as_a_reader_imports_it(dlbook.vocabulary.bpe)


@pytest.fixture(scope="module")
def english():
    return BPE.train(EN, 300)


def sennrich(words, merges):
    """The algorithm as Sennrich et al. print it: words as strings with spaces, merged by a regular expression."""
    made, pieces = [], {" ".join(f"{b}" for b in word.encode()): n for word, n in words.items()}
    names = {str(b): b for b in range(256)}
    for new in range(256, 256 + merges):
        pairs = Counter()
        for word, count in pieces.items():
            symbols = word.split()
            for pair in itertools.pairwise(symbols):
                pairs[pair] += count
        if not pairs or max(pairs.values()) < 2:
            break
        best = max(pairs, key=lambda p: (pairs[p], [-names[s] for s in p]))
        made.append(tuple(names[s] for s in best))
        pattern = re.compile(r"(?<!\S)" + re.escape(" ".join(best)) + r"(?!\S)")
        names[str(new)] = new
        merged = Counter()
        for word, count in pieces.items():
            merged[pattern.sub(str(new), word)] += count
        pieces = merged
    return made


@pytest.mark.equation("bpe_pair")
@given(st.text("ab cé", max_size=60), st.integers(0, 12))
def test_learned_merges_are_those_of_the_printed_algorithm(text, merges):
    assert learn(text, merges) == sennrich(Counter(pre_tokenize(text)), merges)


def test_learned_merges_are_those_of_the_printed_algorithm_on_real_texts():
    for text in (EN[:20_000], ZH):
        assert learn(text, 60) == sennrich(Counter(pre_tokenize(text)), 60)


@pytest.mark.equation("bpe_shrink")
@given(st.text("ab ", min_size=2, max_size=80))
def test_each_merge_shortens_the_text_by_as_often_as_it_was_made(text):
    bpe = BPE.train(text, 8)
    for m in range(len(bpe.merges)):
        before, after = BPE(bpe.merges[:m]).encode(text), BPE(bpe.merges[: m + 1]).encode(text)
        assert len(after) == len(before) - after.count(256 + m)


@given(st.lists(st.integers(0, 2), max_size=12).map(tuple), st.tuples(st.integers(0, 2), st.integers(0, 2)))
def test_merge_goes_from_left_to_right(word, pair):
    text = "".join(map(str, word)).replace(f"{pair[0]}{pair[1]}", "9")
    assert merge(word, pair, 9) == tuple(map(int, text))


@given(st.dictionaries(st.lists(st.integers(0, 3), min_size=1, max_size=6).map(tuple), st.integers(1, 5), max_size=5))
def test_pairs_are_counted_with_their_words(words):
    once = Counter()
    for word, count in words.items():
        for _ in range(count):
            for i in range(len(word) - 1):
                once[word[i], word[i + 1]] += 1
    assert count_pairs(words) == once


def test_the_numbers_worked_on_the_page():
    bpe = BPE.train("ban ban ban banana banana band", 4)
    assert bpe.pieces[256:] == [b"an", b"ban", b" ban", b"ana"]
    words = {tuple(word.encode()): n for word, n in (("ban", 3), ("banana", 2), ("band", 1))}
    assert count_pairs(words) == {(98, 97): 6, (97, 110): 8, (110, 97): 4, (110, 100): 1}
    assert BPE.train("low low lower lowest", 3).pieces[256:] == [b"lo", b"low", b" low"]


@given(ANY)
def test_any_text_comes_back(english, text):
    ids = english.encode(text)
    assert english.decode(ids) == text
    assert english.decode(torch.tensor(ids, dtype=torch.int64)) == text
    assert b"".join(english.pieces[i] for i in ids) == text.encode("utf8", "surrogatepass")


@given(ANY, st.integers(0, 40))
def test_any_text_comes_back_from_merges_learned_from_itself(text, merges):
    bpe = BPE.train(text, merges)
    assert bpe.decode(bpe.encode(text)) == text
    assert len(bpe) == 256 + len(bpe.merges) <= 256 + merges


def test_every_code_point_and_both_texts_come_back(english):
    for text in ("".join(map(chr, range(0x110000))), corpus("en"), ZH):
        assert english.decode(english.encode(text)) == text


@given(ANY)
def test_pieces_join_to_the_text(text):
    assert "".join(pre_tokenize(text)) == text


@given(ANY)
def test_a_longer_vocabulary_never_needs_more_tokens(english, text):
    lengths = [len(BPE(english.merges[:m]).encode(text)) for m in (0, 20, 100, 300)]
    assert lengths == sorted(lengths, reverse=True)


GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def tiktokens(bpe):
    """GPT-2's own tokenizer, with our merges."""
    ranks = {piece: i for i, piece in enumerate(bpe.pieces)}
    return tiktoken.Encoding("ours", pat_str=GPT2, mergeable_ranks=ranks, special_tokens={})


def test_gpt2s_tokenizer_gives_the_same_ids_on_real_texts(english):
    for bpe in (english, BPE.train(ZH, 1000)):
        theirs = tiktokens(bpe)
        for text in (corpus("en"), ZH):
            assert bpe.encode(text) == theirs.encode(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cn", "Co", "Cs", "Nl", "No"])))
def test_gpt2s_tokenizer_gives_the_same_ids_on_any_text(english, text):
    """Python's \\d knows no Roman numerals or fractions (Nl, No), and its \\s takes control characters (Cc)."""
    assert english.encode(text) == tiktokens(english).encode(text)


# GPT-2's own table


@pytest.fixture(scope="module")
def real():
    return gpt2()


def test_the_table_is_the_file_that_was_published(real):
    """The name that Git gives whisper/assets/gpt2.tiktoken at commit c0d2f62 of openai/whisper hashes its content."""
    pieces = [bytes([byte]) for byte in BYTES] + real.pieces[256:]
    lines = b"".join(base64.b64encode(piece) + f" {i}\n".encode() for i, piece in enumerate(pieces))
    assert hashlib.sha1(b"blob %d\0" % len(lines) + lines).hexdigest() == "3480e077d2fc94c521e1cadb2e66cde18138b3ef"


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Hello world", [15496, 995]), (" SolidGoldMagikarp", [43453]), ("\n", [198]), (" ", [220]), ("!", [0])],
)
def test_tokens_have_the_numbers_that_gpt2_gives_them(real, text, ids):
    assert gpt2_ids(real.encode(text)) == ids


def test_the_table_cuts_as_tiktoken_does(real):
    order = [bytes([byte]) for byte in BYTES] + real.pieces[256:]
    ranks = {piece: i for i, piece in enumerate(order)}
    theirs = tiktoken.Encoding("gpt2", pat_str=GPT2, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": END})
    for text in (EN[:60_000], ZH, corpus("en")[:60_000]):
        assert gpt2_ids(real.encode(text)) == theirs.encode(text)
        assert real.decode(real.encode(text)) == text


@pytest.mark.parametrize(("ids", "message"), [([END], "ids go from 0 to 50255, got 50256"), ([-1], "got -1")])
def test_numbers_that_gpt2_does_not_have_are_refused(ids, message):
    with pytest.raises(ValueError, match=message):
        gpt2_ids(ids)


def test_no_merge_reaches_across_pieces():
    pieces = [piece.decode("utf8", "ignore") for piece in BPE.train(EN[:50_000], 100).pieces[256:]]
    assert not [piece for piece in pieces if " " in piece[1:]]


def test_learning_stops_when_no_pair_stands_there_twice():
    assert learn("abc", 5) == learn("", 5) == []
    assert BPE.train("abab", 9).merges == [(97, 98)]
    bpe = BPE.train(ZH, 1000)
    counts = Counter(itertools.chain.from_iterable(map(itertools.pairwise, map(bpe.encode, pre_tokenize(ZH)))))
    assert max(counts.values()) == 1


def test_half_a_character_becomes_a_mark():
    bpe = BPE([])
    assert bpe.decode(bpe.encode("孔")[:2]) == "\ufffd"
    assert bpe.decode([255, 97]) == "\ufffda"


@pytest.mark.parametrize(
    ("merges", "message"),
    [
        ([(97, 256)], r"token 256 cannot be made of \(97, 256\)"),
        ([(97, 98), (97, 98)], r"token 257 cannot be made of \(97, 98\)"),
        ([(-1, 98)], r"token 256 cannot be made of \(-1, 98\)"),
    ],
)
def test_merges_of_what_is_not_there_are_refused(merges, message):
    with pytest.raises(ValueError, match=message):
        PLAIN_BPE.BPE(merges)


@pytest.mark.parametrize("merges", [-1, 2.0, True, "3"])
def test_a_number_of_merges_without_sense_is_refused(merges):
    with pytest.raises(ValueError, match=f"merges must be an integer of at least 0, got {merges!r}"):
        PLAIN_BPE.learn("ab", merges)


def test_saved_merges_come_back(tmp_path, english):
    english.save(tmp_path / "merges.json")
    again = BPE.load(tmp_path / "merges.json")
    assert (again.merges, again.pieces, again.ids) == (english.merges, english.pieces, english.ids)
    assert repr(again) == f"BPE({len(english.merges)} merges, {256 + len(english.merges)} tokens)"


@pytest.mark.parametrize(
    ("merges", "message"),
    [
        ("7", "must hold a list of merges"),
        ("[[97, 98, 99]]", "a merge is a pair of ids, got [97, 98, 99]"),
        ("[97]", "a merge is a pair of ids, got 97"),
        ('[["a", 98]]', "each of a merge must be an integer of at least 0, got 'a'"),
        ("[[true, 98]]", "of at least 0, got True"),
        ("[[97, 900]]", "token 256 cannot be made of (97, 900)"),
    ],
)
def test_a_file_that_holds_no_merges_is_refused(tmp_path, merges, message):
    file = tmp_path / "merges.json"
    file.write_text(f'{{"kind": "byte pairs", "merges": {merges}}}', "utf8")
    with pytest.raises(ValueError, match=re.escape(message)):
        BPE.load(file)
