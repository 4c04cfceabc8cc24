from math import cos, sin

from dlbook.positional_encoding import positional_encoding

code = positional_encoding(4, 4)
for p in range(4):
    by_hand = [sin(p), cos(p), sin(p / 100), cos(p / 100)]
    print(f"{p}:", " ".join(f"{value:8.5f}" for value in by_hand))
    print("  ", " ".join(f"{value:8.5f}" for value in code[p].tolist()))
