from dlbook.alexnet import covered, size_rounded_up
from dlbook.convolution import output_size

windows = (11, 4), (3, 2), (3, 2), (3, 2)  # c1 and the three poolings
for name, rule, size in (("rounded down", output_size, 224),
                         ("rounded up", size_rounded_up, 224),
                         ("rounded down", output_size, 227)):
    sizes = [size]
    for kernel, stride in windows:
        sizes.append(rule(sizes[-1], kernel, stride=stride))
    print(f"{name:12}", " -> ".join(map(str, sizes)))
print("55 windows of 11 span", covered(55, 11, stride=4), "pixels")
