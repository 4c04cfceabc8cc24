from dlbook.convolution import output_size

print("kernel  without padding  with (k - 1) / 2")
for k in (1, 3, 5):
    bare, kept = (output_size(28, k, padding=p) for p in (0, (k - 1) // 2))
    print(f"{k}×{k} {bare:14} {kept:16}")
