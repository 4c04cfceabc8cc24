from math import pi

from dlbook.positional_encoding import frequencies

for d_model, base in [(8, 10000.0), (8, 100.0), (4, 10000.0)]:
    waves = 2 * pi / frequencies(d_model, base=base)
    print(f"d_model {d_model}, base {base:.0f}:", end=" ")
    print(*(f"{wave:.1f}" for wave in waves))
