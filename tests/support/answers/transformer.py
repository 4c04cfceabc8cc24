from answers import instead

COUNT = [12, 13, 16, 19]
ANSWERS = {
    "count": (
        [COUNT],
        [(instead(COUNT, _0=8), "2 · 4d²"), (instead(COUNT, _1=9), "Two norms"), (instead(COUNT, _3=17), "norm more")],
    ),
    "floor": (
        [[1.38, 1.11]],
        [([0.105, 1.11], "right one alone"), ([0.325, 1.11], "37,000"), ([1.38, 3.96], "only their own")],
    ),
}
