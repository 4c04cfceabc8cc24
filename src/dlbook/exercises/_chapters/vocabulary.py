"""Checks of the exercises of the chapter Vocabulary."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from dlbook.exercises._forms import Findings, close, equals, hand, holds

check_hand = hand(
    ("the first token", "lo", {
        "ow": "Both pairs stand there 4 times: the smaller id wins.",
        "low": "Two pieces are joined at a time.",
    }),
    ("the second", "low", {"ow": "lo is there now, and joins w."}),
    ("the third, with its space", " low", {
        "er": "A space goes with the word behind it: that pair stands there 3"
        " times.",
        "lowe": "The pair of space and low stands there 3 times.",
    }),
    ("the pieces of slower", ["s", "low", "e", "r"], {
        ("slow", "er"): "Only the three tokens were learned.",
        ("s", "lo", "w", "e", "r"): "Merge until nothing is left to merge.",
    }),
)


def check_coverage(needed: Callable[[list[str], float], float]) -> Findings:
    """The part of the different words that covers a part of the text."""
    text = ["a"] * 6 + ["b"] * 2 + ["c", "d"]
    for part, right in (0.5, 0.25), (0.6, 0.25), (0.7, 0.5), (1.0, 1.0):
        many = int(4 * right)
        yield close(
            f"a six times, b twice, c, d: to cover {part:.0%} of the ten",
            needed(text, part), right,
            {
                "the number of words is given, and not their part": many,
                "the part is taken of the text, and not of the words": (
                    many / 10
                ),
                "the rarest are taken first": {0.5: 1.0, 0.6: 1.0, 0.7: 1.0}
                .get(part, -1.0),
                "just enough is not counted as enough": {0.6: 0.5}
                .get(part, -1.0),
            },
        )
    yield close(
        "the order of the text does not matter", needed(text[::-1], 0.5), 0.25,
    )


def check_longest(
    longest_first: Callable[[bytes, Collection[bytes]], Iterable[bytes]],
) -> Findings:
    """Always the longest known piece."""
    known = {bytes([b]) for b in range(256)}
    known |= {b"lo", b"low", b"er", b"ower", b"est", b"we"}
    for word, right in (
        (b"lower", [b"low", b"er"]), (b"slowest", [b"s", b"low", b"est"]),
        (b"", []),
    ):
        got = longest_first(word, known)
        yield equals(
            f"{word.decode()!r}: from the left, the longest that is known",
            got if got is None else [*got], right,
            {
                "the shortest is taken": [bytes([b]) for b in word],
                "it looks from the right": [b"l", b"ower"],
                "two letters at most are taken": [b"lo", b"we", b"r"],
                "it ends before the last piece": right[:-1],
            },
        )
    pieces = longest_first("é low".encode(), known)
    yield equals(
        "the pieces are the whole text again",
        b"".join(pieces or []), "é low".encode(),
    )


def check_dictionary(answer: Any) -> Findings:
    """How often 乒乓球拍 must be counted."""
    from dlbook.vocabulary import chinese_words

    c = chinese_words().counts
    n = chinese_words().total - c["乒乓球拍"] + int(answer)
    other = c["乒乓球"] * c["拍卖"] * c["完"] / n**3
    yield holds(
        "with this count the right cut is the likelier one",
        int(answer) * c["卖完"] / n**2 > other,
        "It is not: more is needed.",
    )
    yield holds(
        "with one less it is not",
        (int(answer) - 1) * c["卖完"] / n**2 <= other,
        "It is: the bound is lower. Do not forget N, of which the right cut"
        " has one factor less.",
    )
