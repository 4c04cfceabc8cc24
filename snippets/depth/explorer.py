import matplotlib.pyplot as plt
import torch

from dlbook.activations import sigmoid, sigmoid_derivative

x, layers = torch.tensor(2.0, dtype=torch.float64), 10
h, product, products = x, 1.0, []
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
for ax, y in ((curve, sigmoid(x)), (slope, products[0])):
    ax.plot(2, y, "C1o")
chain.semilogy(range(1, layers + 1), products, "C1o-")
chain.set(xlabel="layer", title="product of slopes")
plt.show()
