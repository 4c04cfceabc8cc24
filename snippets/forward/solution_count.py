from dlbook.forward import multiply_adds

sizes, batch = [784, 300, 100, 10], 64
there, _ = multiply_adds(sizes, batch)
print(f"{there:,}, by hand {64 * (784 * 300 + 300 * 100 + 100 * 10):,}")
