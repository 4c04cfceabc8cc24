import math

x = [2, 1]
layers = [([[1, -1], [-1, 0.5]], [0.5, 1]), ([[2, -3]], [-1])]
a = x
for number, (weight, bias) in enumerate(layers, 1):
    z = []
    for w, b in zip(weight, bias, strict=True):  # one unit after another
        z.append(sum(w[i] * a[i] for i in range(len(a))) + b)
    print(f"z{number} = {z}")
    if number < len(layers):
        a = [max(0, value) for value in z]
        print(f"a{number} = {a}")
print(f"probability = {1 / (1 + math.exp(-z[0])):.3f}")
