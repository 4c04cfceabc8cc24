x, y = [1.0, 3.0], [2.0, 4.0]  # two points
w, b, lr, n = 0.0, 0.0, 0.05, 2
for step in range(1, 4):
    errors = [w * x[i] + b - y[i] for i in range(n)]
    grad_w = 2 / n * sum(errors[i] * x[i] for i in range(n))
    grad_b = 2 / n * sum(errors)
    w = w - lr * grad_w  # both gradients are taken
    b = b - lr * grad_b  # before either number moves
    loss = sum((w * x[i] + b - y[i]) ** 2 for i in range(n)) / n
    print(f"step {step}: dL/dw {grad_w:.2f}, dL/db {grad_b:.2f};", end=" ")
    print(f"w {w:.2f}, b {b:.2f}, loss {loss:.2f}")
