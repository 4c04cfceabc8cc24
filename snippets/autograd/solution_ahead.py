from dlbook.backprop.dual import Dual

a, b = Dual(2, slope=1), Dual(1, slope=2)
print((a + b) * (b + 1))
