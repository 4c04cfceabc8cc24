from dlbook.pooling import output_size

print(output_size(28, 2), output_size(13, 3, stride=2))
for ceil in (False, True):
    print(output_size(112, 3, stride=2, ceil_mode=ceil), end=" ")
    print(output_size(9, 2, padding=1, ceil_mode=ceil))
