from dlbook.positional_encoding import frequencies

w = frequencies(8)
for n in 16, 32, 64:
    print(n, "places, angles up to", *(f"{(n - 1) * x:.2f}" for x in w))
print("divided by 4:", *(f"{15.75 * x:.2f}" for x in w))
print("one step, divided by 4:", *(f"{x / 4:.4f}" for x in w))
