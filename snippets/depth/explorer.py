import matplotlib.pyplot as plt
import torch

from dlbook.activations import sigmoid, sigmoid_derivative

x, layers, product, products = torch.tensor(2.0).double(), 10, 1.0, []
h = x
for _ in range(layers):  # a chain of units with weights of 1
    product = product * sigmoid_derivative(h).item()
    h = sigmoid(h)
    products.append(product)
print(f"slope at 2: {products[0]:.3f}, through 10 units {product:.1e}")
z = torch.linspace(-6, 6, 121, dtype=torch.float64)
fig, (curve, slope, chain) = plt.subplots(1, 3, figsize=(5.5, 2.2))
curve.plot(z.numpy(), sigmoid(z).numpy())
touch = sigmoid(x) + products[0] * (z[65:96] - x)
curve.plot(z[65:96].numpy(), touch.numpy(), "C1--")
slope.plot(z.numpy(), sigmoid_derivative(z).numpy())
curve.plot(2, sigmoid(x), "C1o")
slope.plot(2, products[0], "C1o")
curve.set(xlabel="x", title="sigmoid")
slope.set(xlabel="x", title="slope")
chain.semilogy(range(1, layers + 1), products, "C1o-")
chain.set(xlabel="layer", title="product of slopes")
plt.show()
