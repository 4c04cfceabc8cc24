a = [1, 2, 3, 0]  # one place, four channels
k, alpha, beta = 2, 1, 0.75
last = len(a) - 1
for n in (3, 5):
    print("n =", n)
    for i in range(len(a)):
        window = range(max(0, i - n // 2), min(last, i + n // 2) + 1)
        squares = sum(a[j] ** 2 for j in window)
        scale = k + alpha * squares
        b = a[i] / scale**beta
        print(f"  channel {i}: sum {squares:2}, scale {scale:2}, b {b:.3f}")
