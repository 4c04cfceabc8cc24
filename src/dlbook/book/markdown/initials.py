"""The letter under which a term is looked up: the first of its Latin letters, or of the pinyin of its first Chinese sign.

No table of sounds is needed: the signs of the first level of GB 2312, the common ones, stand in the order of their pinyin.
"""

from bisect import bisect_right

# The first sign of each letter. No syllable begins with I, U or V.
LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
FIRST = [sign.encode("gb2312") for sign in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
BEHIND = "亍".encode("gb2312")  # the second level, in the order of strokes
# Signs of the second level, and such as sound otherwise in a term.
OTHERWISE = {"熵": "S", "重叠": "C", "校准": "J", "曝光": "B"}


def initial(term: str) -> str:
    """A capital letter, or "#" for what begins with another sign.

    >>> initial("dropout"), initial("注意力"), initial("校准")
    ('D', 'Z', 'J')
    """
    known = next((letter for start, letter in OTHERWISE.items() if term.startswith(start)), None)
    if known:
        return known
    if term[:1].isascii():
        return term[:1].upper() if term[:1].isalpha() else "#"
    sign = _in_order(term[:1])
    return LETTERS[bisect_right(FIRST, sign) - 1] if FIRST[0] <= sign < BEHIND else "#"


def order(term: str) -> tuple[str, bool, bytes]:
    """What terms are sorted by: the letter, Latin words before Chinese ones, the word."""
    return initial(term), not term[:1].isascii(), b"".join(_in_order(sign) for sign in term.lower())


def _in_order(sign: str) -> bytes:
    return sign.encode("gb2312", "replace")
