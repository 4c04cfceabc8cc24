import torch


def distance(each, size, many, generator):
    picks = torch.rand(many, len(each), generator=generator).argsort(1)[:, :size]
    return (each[picks].mean(1) - each.mean(0)).square().sum(1).mean()


def one_by_one(each, size, many, generator):
    picks = torch.stack([torch.randperm(len(each), generator=generator)[:size] for _ in range(many)])
    return (each[picks].mean(1) - each.mean(0)).square().sum(1).mean().item()


def put_back(each, size, many, generator):
    picks = torch.randint(len(each), (many, size), generator=generator)
    return (each[picks].mean(1) - each.mean(0)).square().sum(1).mean()


def kappa(x):
    columns = torch.cat([x, torch.ones(len(x), 1)], 1).double()
    values = torch.linalg.eigvalsh(2 / len(x) * columns.T @ columns)
    return (values[-1] / values[0]).item()


def by_singular_values(x):
    columns = torch.cat([torch.ones(len(x), 1), x], 1)
    return torch.linalg.cond(columns) ** 2


def without_ones(x):
    values = torch.linalg.eigvalsh(x.T @ x)
    return values[-1] / values[0]


ANSWERS = {
    "bowl": (
        [[1 / 6, 1 / 3, 1 / 3], [0.167, 0.333, 0.333]],
        [([1 / 3, 2 / 3, 2 / 3], "second derivative"), ([1 / 6, 1 / 3, 0.35], "begins to earlier")],
    ),
    "valley": (
        [[0.2, 0.8, 21]],
        [([1 / 9, 0.8, 21], "steep direction alone"), ([0.2, 0.8, 20], "a little more than a hundredth")],
    ),
    "without": (
        [distance, one_by_one],
        [
            (put_back, "the examples are put back"),
            (lambda *given: distance(*given) ** 0.5, "its root is taken"),
            (lambda each, size, *more: size * distance(each, size, *more), "not divided by B"),
        ],
    ),
    "diabetes": (
        [kappa, by_singular_values],
        [
            (without_ones, "column of ones is missing"),
            (lambda x: kappa(x) ** 0.5, "its root is taken"),
            (lambda x: 1 / kappa(x), "upside down"),
            (lambda x: kappa((x - x.mean(0)) / x.std(0, correction=0)), "WRONG"),
        ],
    ),
}
