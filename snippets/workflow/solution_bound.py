import math

for n in (200, 1000, 10_000):
    print(f"{n} pictures, 100 looks: at most"
          f" {100 * math.sqrt(math.log(100) / (2 * n)):.1f} points")
for points in (1, 0.1):
    n = math.log(100) / (2 * (points / 100) ** 2)
    print(f"at most {points} with 100 looks: {n:,.0f} pictures")
