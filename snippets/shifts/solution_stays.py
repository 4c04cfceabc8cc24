from itertools import product

near = [move for move in product((-1, 0, 1), repeat=2) if any(move)]
for k in (2, 3, 4):
    places = list(product(range(k), range(k)))
    stay = [all(0 <= at + by < k for at, by in zip(place, move, strict=True))
            for place in places for move in near]
    print(f"{k} by {k}: {sum(stay)} of {len(stay)} stay,", end=" ")
    print(f"{100 * sum(stay) / len(stay):.1f} %")
