"""One grammar for what is in a scene and for what is said of it.

    scene     two to four items, in reading order of their places
    English   size digit row column, size digit row column, …
    Chinese   column row size 字 digit，column row size 字 digit，…

A scene has exactly one caption in each language, and a caption exactly one
scene: `parse` is the inverse of `caption`. So what is true is known. And it
is known what can be said without looking: `entropy` and `likeliest`.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dlbook._checking import checked_whole
from dlbook.vocabulary import Vocabulary, tokenize

PLACES, SIZES, DIGITS = 4, 2, 10
LEAST, MOST = 2, 4  # items of a scene, if nothing else is said


# --8<-- [start:item]
class Item(NamedTuple):
    """A handwritten digit in a scene.

    Attributes:
        place: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
        size: 0 small, 1 large.
        digit: 0 to 9.
    """

    place: int
    size: int
    digit: int


Scene = Sequence[Item]
# --8<-- [end:item]


# --8<-- [start:words]
class Language(NamedTuple):
    """The words of a language, and the order in which they stand."""

    rows: Sequence[str]
    columns: Sequence[str]
    sizes: Sequence[str]
    digits: Sequence[str]
    order: Sequence[str]  # fields of `spoken`; any other word stands as it is
    comma: str
    space: str


LANGUAGES = {
    "en": Language(
        ("top", "bottom"), ("left", "right"), ("small", "large"),
        ("zero", "one", "two", "three", "four",
         "five", "six", "seven", "eight", "nine"),
        ("size", "digit", "row", "column"), ",", " ",
    ),
    "zh": Language(
        "上下", "左右", "小大", "零一二三四五六七八九",
        ("column", "row", "size", "字", "digit"), "，", "",
    ),
}
# --8<-- [end:words]


# --8<-- [start:caption]
def caption(scene: Scene, language: str = "en") -> list[str]:
    """What is to be said of a scene, word by word.

    >>> caption([Item(0, 0, 3), Item(3, 1, 7)])[:5]
    ['small', 'three', 'top', 'left', ',']
    >>> "".join(caption([Item(0, 0, 3), Item(3, 1, 7)], "zh"))
    '左上小字三，右下大字七'

    Raises:
        ValueError: for a scene that has no caption, and another language.
    """
    words = _language(language)
    found: list[str] = []
    for item in checked_scene(scene):
        spoken = _spoken(item, words)
        found += [words.comma] if found else []
        found += [spoken.get(part, part) for part in words.order]
    return found
# --8<-- [end:caption]


def _spoken(item: Item, words: Language) -> dict[str, str]:
    row, column = divmod(item.place, 2)
    return {
        "row": words.rows[row], "column": words.columns[column],
        "size": words.sizes[item.size], "digit": words.digits[item.digit],
    }


# --8<-- [start:parse]
def parse(said: Sequence[str], language: str = "en") -> list[Item]:
    """The one scene of which this is said.

    >>> parse("small three top left , large seven bottom right".split())[1]
    Item(place=3, size=1, digit=7)

    Raises:
        ValueError: for what the grammar cannot have made. It names the word,
            and what might stand there.
    """
    words, rest = _language(language), list(said)
    items: list[Item] = []
    while not items or rest:
        if items:
            _next(rest, (words.comma,))
        items.append(_item(rest, words))
    return list(checked_scene(items))


def _item(rest: list[str], words: Language) -> Item:
    """Take the words of one item off the front."""
    choices = {"row": words.rows, "column": words.columns,
               "size": words.sizes, "digit": words.digits}
    met = {part: _next(rest, choices.get(part, (part,)))
           for part in words.order}
    place = 2 * met["row"] + met["column"]
    return Item(place, met["size"], met["digit"])


def _next(rest: list[str], choices: Sequence[str]) -> int:
    """Take one word off the front; which of the choices it is."""
    word = rest.pop(0) if rest else "the end"
    if word not in choices:
        raise ValueError(
            f"after it must stand one of {' '.join(choices)}, got {word}"
        )
    return list(choices).index(word)
# --8<-- [end:parse]


# --8<-- [start:text]
def written(said: Iterable[str], language: str = "en") -> str:
    """Words as one writes them.

    >>> written(["small", "three", "top", "left", ",", "large"])
    'small three top left, large'
    """
    words = _language(language)
    text = words.space.join(said)
    return text.replace(words.space + words.comma, words.comma)


def cut(text: str, language: str = "en") -> list[str]:
    """A text cut into words; a Chinese one into its characters.

    >>> cut("左上小字三", "zh")
    ['左', '上', '小', '字', '三']
    """
    by = "words" if _language(language).space else "characters"
    return tokenize(text, by)


def words_of(language: str = "en") -> Vocabulary:
    """Numbers for all words that a caption can hold, and for the signs."""
    words = _language(language)
    known = [*words.rows, *words.columns, *words.sizes, *words.digits]
    named = {"row", "column", "size", "digit"}
    return Vocabulary([*known, *(set(words.order) - named), words.comma])
# --8<-- [end:text]


# --8<-- [start:entropy]
def entropy(least: int = LEAST, most: int = MOST) -> float:
    """The mean of -ln p of a caption, for who knows the grammar alone.

    The number of items k, their places, sizes and digits are drawn evenly:

        H = ln K + mean over k of (ln C(4, k) + k ln 20),  K = most - least + 1

    No model that does not see the picture has a smaller cross-entropy.

    >>> round(entropy(), 3)
    11.145
    """
    _refuse_misfits(least, most)
    many = range(least, most + 1)
    each = [math.log(math.comb(PLACES, k)) + k * math.log(SIZES * DIGITS)
            for k in many]
    return math.log(len(many)) + sum(each) / len(many)
# --8<-- [end:entropy]


def likeliest(least: int = LEAST, most: int = MOST) -> float:
    """The share that is right for who always says the likeliest caption.

    >>> round(1 / likeliest())
    7200
    """
    _refuse_misfits(least, most)
    return max(
        1 / (most - least + 1) / math.comb(PLACES, k) / (SIZES * DIGITS) ** k
        for k in range(least, most + 1)
    )


def _refuse_misfits(least, most) -> None:
    checked_whole("least", least, 1, PLACES)
    checked_whole("most", most, least, PLACES)


def _language(language) -> Language:
    if language not in LANGUAGES:
        raise ValueError(
            f"language must be one of {tuple(LANGUAGES)}, got {language!r}"
        )
    return LANGUAGES[language]


def checked_scene(scene: Scene) -> Scene:
    """The scene, if it has items, each within its limits, places ascending."""
    for item in scene:
        for name, most in zip(Item._fields, (PLACES, SIZES, DIGITS),
                              strict=True):
            checked_whole(name, getattr(item, name), 0, most - 1)
    places = [item.place for item in scene]
    if not places or places != sorted(set(places)):
        raise ValueError(
            "a scene must have items, at places that go up, got places"
            f" {places}"
        )
    return scene
