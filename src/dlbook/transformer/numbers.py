"""Numbers in English and in Chinese: a language whose truth is known.

    305     three hundred and five              三百零五
    20000   twenty thousand                     两万
    20035   twenty thousand and thirty-five     两万零三十五

English counts in thousands, Chinese in 万, ten thousands: so a translation is
more than a word for a word. All whole numbers from 0 to 999,999.

English is written as in Britain, with "and" before the last two digits.
Chinese is written as it is read aloud, with these rules:

    零     one for each row of zeros with digits on both sides; none for those
           at the end, nor for those at the end of the 万 (105000: 十万五千)
    一十   is 十 where the numeral begins with it
    两     for a 2 that begins the numeral, before 千 or 万; else 二
"""

import re

from dlbook._checking import checked_whole

LARGEST = 999_999
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
]
TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety",
]
DIGITS = "零一二三四五六七八九"
ENGLISH = (*ONES, *TENS, "hundred", "thousand", "and")  # all its words
CHINESE = tuple(f"{DIGITS}两十百千万")  # all its signs


# --8<-- [start:english]
def in_english(n: int) -> str:
    """A number in words.

    >>> in_english(305), in_english(21_040)
    ('three hundred and five', 'twenty-one thousand and forty')

    Raises:
        ValueError: for what is no integer from 0 to 999,999.
    """
    n = checked_whole("a number", n, 0, LARGEST)
    thousands, rest = divmod(n, 1000)
    if not thousands:
        return _below_thousand(n)
    words = [_below_thousand(thousands), "thousand"]
    if rest:
        words += ["and"] * (rest < 100) + [_below_thousand(rest)]
    return " ".join(words)


def _below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    if not hundreds:
        return _below_hundred(n)
    return f"{ONES[hundreds]} hundred" + (
        f" and {_below_hundred(rest)}" if rest else ""
    )


def _below_hundred(n: int) -> str:
    if n < 20:
        return ONES[n]
    tens, ones = divmod(n, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
# --8<-- [end:english]


# --8<-- [start:chinese]
def in_chinese(n: int) -> str:
    """A number in Chinese numerals.

    >>> in_chinese(305), in_chinese(21_040), in_chinese(12)
    ('三百零五', '两万一千零四十', '十二')

    Raises:
        ValueError: for what is no integer from 0 to 999,999.
    """
    n = checked_whole("a number", n, 0, LARGEST)
    wan, rest = divmod(n, 10_000)
    text = (_below_wan(wan) + "万" if wan else "") + (
        "零" if wan and 0 < rest < 1000 else ""
    ) + (_below_wan(rest) if rest else "")
    text = re.sub("^一十", "十", text)
    return re.sub("^二(?=[千万])", "两", text) or DIGITS[0]


def _below_wan(n: int) -> str:
    """Digit by digit: each with its unit, zeros as they are."""
    signs = [
        DIGITS[n // unit % 10] + (name if n // unit % 10 else "")
        for unit, name in zip((1000, 100, 10, 1), "千百十 ", strict=True)
    ]
    text = "".join(signs).replace(" ", "").strip(DIGITS[0])
    return re.sub("零+", "零", text)
# --8<-- [end:chinese]


# --8<-- [start:read]
def from_english(text: str) -> int:
    """The number that these words say, as `in_english` writes it.

    Raises:
        ValueError: for any other words.
    """
    total = part = 0
    for word in english_tokens(text):
        if word == "thousand":
            total, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        elif word in TENS:
            part += 10 * (TENS.index(word) + 2)
        elif word in ONES:
            part += ONES.index(word)
    return _if_written_so(total + part, text, text, in_english)


def from_chinese(text: str) -> int:
    """The number that these signs say.

    Also with 两 before 百, 千 or 万 where `in_chinese` writes 二, and the
    other way round: 二百 and 两百 are both right.

    Raises:
        ValueError: for any other signs.
    """
    total = part = digit = 0
    plain = re.sub("两(?=[百千万])", "二", text)
    for sign in plain:
        if sign == "万":
            total, part, digit = 10_000 * (part + digit), 0, 0
        elif sign in "十百千":
            unit = 10 ** ("十百千".index(sign) + 1)
            part, digit = part + (digit or 1) * unit, 0
        elif sign in DIGITS:
            digit = DIGITS.index(sign)
    return _if_written_so(total + part + digit, text, plain, _without_liang)


def _without_liang(n: int) -> str:
    return in_chinese(n).replace("两", "二")


def _if_written_so(n, text, plain, write) -> int:
    """The number, if it is written like that: so nonsense is refused."""
    if n > LARGEST or write(n) != plain:
        raise ValueError(
            f"this is no number from 0 to {LARGEST:,} in words: {text!r}"
        )
    return n
# --8<-- [end:read]


# --8<-- [start:tokens]
def english_tokens(text: str) -> list[str]:
    """The words, also those that a hyphen joins.

    >>> english_tokens("twenty-one thousand and forty")
    ['twenty', 'one', 'thousand', 'and', 'forty']
    """
    return text.replace("-", " ").split()


def english_text(tokens: list[str]) -> str:
    """The words as they are written, with the hyphens.

    >>> english_text(["twenty", "one", "thousand"])
    'twenty-one thousand'
    """
    tens, ones = "|".join(TENS), "|".join(ONES[1:10])
    return re.sub(rf"\b({tens}) ({ones})\b", r"\1-\2", " ".join(tokens))
# --8<-- [end:tokens]
