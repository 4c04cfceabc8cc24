from itertools import product

for name, w, b in [
    ("not both (NAND)", (-1, -1), 1.5),
    ("two of three", (1, 1, 1), -1.5),
]:
    print(name)
    for x in product([0, 1], repeat=len(w)):
        z = sum(w[i] * x[i] for i in range(len(w))) + b
        print(" ", *x, "->", int(z > 0))
