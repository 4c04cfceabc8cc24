from itertools import pairwise

print(f"{'':26} {'multiply-adds':>13} {'parameters':>13} {'MB':>6}")
for name, sizes in [
    ("digits, 8 by 8 pixels", [64, 32, 10]),
    ("digits, 28 by 28 pixels", [784, 128, 10]),
    ("the same, wider", [784, 1024, 10]),
    ("the same, deeper", [784, 128, 128, 128, 10]),
    ("a photo, 224 by 224", [3 * 224 * 224, 1024, 1000]),
]:
    weights = sum(before * here for before, here in pairwise(sizes))
    parameters = weights + sum(sizes[1:])
    megabytes = 4 * parameters / 1e6  # 4 bytes for a float32
    print(f"{name:26} {weights:13,} {parameters:13,} {megabytes:6.2f}")
