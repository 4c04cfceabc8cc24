from collections import Counter
from itertools import accumulate

from answers import instead

HAND = ["lo", "low", " low", ["s", "low", "e", "r"]]


def needed(tokens, part):
    order = sorted(Counter(tokens).values(), reverse=True)
    many = next(k for k, s in enumerate(accumulate(order), 1) if s >= part * len(tokens))
    return many / len(order)


def from_the_rare(tokens, part):
    order = sorted(Counter(tokens).values())
    return next(k for k, s in enumerate(accumulate(order), 1) if s >= part * len(tokens)) / len(order)


def longest_first(data, pieces):
    start, longest = 0, max(map(len, pieces))
    while start < len(data):
        end = min(len(data), start + longest)
        while data[start:end] not in pieces:
            end -= 1
        yield data[start:end]
        start = end


def as_a_list(data, pieces):
    found = []
    while data:
        found.append(max((p for p in pieces if data.startswith(p)), key=len))
        data = data[len(found[-1]) :]
    return found


def from_the_right(data, pieces):
    found = []
    while data:
        found.insert(0, max((p for p in pieces if data.endswith(p)), key=len))
        data = data[: -len(found[0])]
    return found


ANSWERS = {
    "hand": (
        [HAND],
        [
            (instead(HAND, _0="ow"), "smaller id"),
            (instead(HAND, _2="er"), "A space goes with"),
            (instead(HAND, _3=["slow", "er"]), "Only the three"),
        ],
    ),
    "coverage": (
        [needed],
        [
            (lambda tokens, part: needed(tokens, part) * len(set(tokens)), "number of words"),
            (lambda tokens, part: needed(tokens, part) * len(set(tokens)) / len(tokens), "taken of the text"),
            (from_the_rare, "the rarest are taken first"),
        ],
    ),
    "longest": (
        [longest_first, as_a_list],
        [
            (lambda data, pieces: [bytes([b]) for b in data], "the shortest is taken"),
            (from_the_right, "looks from the right"),
            (lambda data, pieces: as_a_list(data, pieces)[:-1], "ends before the last piece"),
        ],
    ),
    "dictionary": (
        [26, 26.0],
        [(20, "more is needed"), (25, "more is needed"), (30, "the bound is lower"), (336, "the bound is lower")],
    ),
}
