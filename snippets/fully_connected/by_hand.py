from sklearn.datasets import load_iris

iris = load_iris()
w, b = [0, 0, -1, -2], 4
for flower in (0, 50, 100):  # one of each species
    x = iris.data[flower]
    products = [w[i] * x[i] for i in range(4)]
    z = sum(products) + b
    a = max(0, z)
    species = iris.target_names[iris.target[flower]]
    terms = " ".join(f"{p:+.1f}" for p in products)
    print(f"{species:10} z = {terms} +{b} = {z:4.1f}   a = {a:.1f}")

fires = iris.data @ w + b > 0
for kind in range(3):
    of_kind = fires[iris.target == kind]
    print(f"{iris.target_names[kind]:10} a > 0 for {of_kind.sum():2} of 50")
