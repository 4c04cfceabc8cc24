n, d = 1024, 512  # tokens, columns
print("    V        weights   product: multiply-adds   look-up: copies")
for V in (1_000, 37_000, 50_257):
    print(f"{V:6,} {V * d:14,} {n * V * d:24,} {n * d:17,}")
