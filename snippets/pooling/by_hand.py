x = [[1, 3, 2, 0], [5, 7, 1, 1], [0, 2, 4, 4], [6, 4, 8, 0]]
k, s = 2, 2
for name, pool in [("max", max), ("average", lambda w: sum(w) / len(w))]:
    y = []
    for i in range(2):
        row = []
        for j in range(2):
            window = [
                x[i * s + u][j * s + v] for u in range(k) for v in range(k)
            ]
            row.append(pool(window))
        y.append(row)
    print(name, y)
