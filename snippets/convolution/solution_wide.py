from dlbook.convolution import receptive_field

plain = []
while receptive_field(plain) < 101:
    plain.append((3, 1))
print("dilation 1:", len(plain), "layers see", receptive_field(plain))

doubling = []
while receptive_field(doubling) < 101:
    doubling.append((3, 1, 2 ** len(doubling)))
print("dilations", [d for _, _, d in doubling], end=" ")
print("see", receptive_field(doubling))
