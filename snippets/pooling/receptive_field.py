from dlbook.convolution import receptive_field

block, pool = [(3, 1), (3, 1)], (2, 2)  # two 3-wide convolutions, a pooling
print("blocks  without pooling  with pooling")
for blocks in range(1, 6):
    plain = receptive_field(block * blocks)
    pooled = receptive_field([*block, pool] * blocks)
    print(f"{blocks:6}{plain:17}{pooled:14}")
