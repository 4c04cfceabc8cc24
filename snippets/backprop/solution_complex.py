import cmath
import math


def f(x):
    return cmath.exp(x) * cmath.sin(x)


exact = math.exp(1) * (math.sin(1) + math.cos(1))
for h in (1e-3, 1e-8, 1e-20):
    both = (f(1 + h) - f(1 - h)).real / (2 * h)
    turned = f(complex(1, h)).imag / h
    right = [abs(slope - exact) < 1e-5 for slope in (both, turned)]
    print(f"h = {h:g}: both sides {right[0]}, complex step {right[1]}")
