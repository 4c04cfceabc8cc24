from collections import Counter

from dlbook.transformer.numbers import from_chinese, in_chinese
from dlbook.transformer.translator import answers, its_numbers, translator

longer = its_numbers().longer
way = "to chinese"
found = answers(translator(way), longer, way)
for n, text in list(zip(longer, found.texts, strict=True))[:5]:
    print(f"{n:9,}  {in_chinese(n)}  {text}")


def kind(n, text):
    if text == in_chinese(n):
        return "right"
    try:
        m = from_chinese(text)
    except ValueError:
        return "no number at all"
    return "right thousands" if m // 1000 == n // 1000 else "another number"


kinds = Counter(map(kind, longer, found.texts))
print(kinds)
