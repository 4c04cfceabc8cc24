corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
functions = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}
for name, wanted in functions.items():
    w, b = [0, 0], 0
    rounds, mistakes = 0, 1
    while mistakes > 0 and rounds < 1000:
        rounds, mistakes = rounds + 1, 0
        for x, target in zip(corners, wanted, strict=True):
            says = int(w[0] * x[0] + w[1] * x[1] + b > 0)
            error = target - says  # 0 if right, else 1 or -1
            mistakes += abs(error)
            w = [w[0] + error * x[0], w[1] + error * x[1]]
            b += error
    print(f"{name:3} round {rounds:4}: {mistakes} mistakes, w {w}, b {b}")
