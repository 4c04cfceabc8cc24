import math

x = [0, 1]
z1 = [1 * x[0] - 1 * x[1] + 0.5, -1 * x[0] + 0.5 * x[1] + 1]
a1 = [max(0, z) for z in z1]
z2 = 2 * a1[0] - 3 * a1[1] - 1
print(f"z1 = {z1}, a1 = {a1}, z2 = {z2},"
      f" probability {1 / (1 + math.exp(-z2)):.3f}")
