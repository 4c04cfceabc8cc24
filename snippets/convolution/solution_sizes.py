from dlbook.convolution import output_size

print("28, kernel 5, padding 2:", output_size(28, 5, padding=2))
print("227, kernel 11, stride 4:", output_size(227, 11, stride=4))
print("32, kernel 3, dilation 4:", output_size(32, 3, dilation=4))
print("10, kernel 4, stride 3:", output_size(10, 4, stride=3))
print("11, kernel 4, stride 3:", output_size(11, 4, stride=3))
