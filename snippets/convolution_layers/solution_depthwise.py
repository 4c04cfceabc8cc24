from dlbook.convolution import cost

plain = cost(56, 64, 128, 3, padding=1, bias=False)
depthwise = cost(56, 64, 64, 3, padding=1, groups=64, bias=False)
pointwise = cost(56, 64, 128, 1, bias=False)
both = depthwise.multiply_adds + pointwise.multiply_adds
print(f"3x3, 64 to 128: {plain.multiply_adds:,}")
print(f"depthwise, then 1x1: {both:,}")
print(f"ratio: {both / plain.multiply_adds:.4f}")
print(f"1/c_out + 1/k²: {1 / 128 + 1 / 9:.4f}")
