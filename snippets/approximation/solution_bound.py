from math import prod

from dlbook.fully_connected import MLP, count_parameters

for hidden in ([6], [3, 3], [2, 2, 2], [1] * 6):
    most = prod(n + 1 for n in hidden)
    many = count_parameters(MLP([1, *hidden, 1]))
    print(f"{hidden}: at most {most} pieces, {many} parameters")
