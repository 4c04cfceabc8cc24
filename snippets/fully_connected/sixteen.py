from itertools import product

from scipy.optimize import linprog


def one_unit_can(wanted, corners):
    """Is there a w and b with w·x + b >= 1 at each 1, <= -1 at each 0?"""
    signs = [2 * one - 1 for one in wanted]
    rows = [[-s * value for value in (*x, 1)]
            for s, x in zip(signs, corners, strict=True)]
    free = [(None, None)] * len(rows[0])
    goal = [0] * len(rows[0])  # any w and b will do
    return linprog(goal, rows, [-1] * len(rows), bounds=free).success


for n in (1, 2, 3):
    corners = list(product([0, 1], repeat=n))
    tables = list(product([0, 1], repeat=len(corners)))
    can = [one_unit_can(wanted, corners) for wanted in tables]
    print(f"{n} inputs: one unit can do {sum(can)} of {len(can)} functions")
    if n == 2:
        print("not:", *[t for t in tables if not one_unit_can(t, corners)])
