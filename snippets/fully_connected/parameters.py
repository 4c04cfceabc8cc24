from itertools import pairwise

from dlbook.fully_connected import MLP, count_parameters

for name, sizes in [
    ("irises", [4, 5, 3]),
    ("digits, 8 by 8 pixels", [64, 32, 16, 10]),
    ("Nielsen's", [784, 30, 10]),
    ("3Blue1Brown's", [784, 16, 16, 10]),
]:
    formula = sum((before + 1) * here for before, here in pairwise(sizes))
    assert count_parameters(MLP(sizes)) == formula
    print(f"{name:22} {' - '.join(map(str, sizes)):18} {formula:6,}")
