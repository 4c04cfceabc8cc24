"""Checks of the exercises of the chapter Batch size."""

from collections.abc import Callable

from dlbook.exercises._forms import Findings, close


def check_square(
    mean_square: Callable[[list[float], int], float],
) -> Findings:
    """The mean square over all batches with replacement."""
    g = [1.0, 3.0, 5.0, 7.0]
    for size in 1, 2, 4:
        yield close(
            f"slopes 1, 3, 5, 7, batches of {size}: G² and the spread over B",
            mean_square(g, size), 16 + 5 / size,
            {
                "the mean is squared, not the square averaged": 16.0,
                "examples are not put back": 16 + 5 / size * (4 - size) / 3,
                "the spread is not divided by B": 16 + 5.0,
                "it is the spread alone": 5 / size,
                "sums are squared, and not means": (16 + 5 / size) * size**2,
            } if size > 1 else {"it is the spread alone": 5.0},
        )
    yield close(
        "slopes 2 and −2, batches of 3: the spread alone",
        mean_square([2.0, -2.0], 3), 4 / 3,
        {"the numbers 1, 3, 5, 7 are written into it": 16 + 5 / 3},
    )


def check_bowl(
    change: Callable[[float, float, float, int], float],
) -> Findings:
    """The mean change of a bowl's loss in one noisy step from w = 1."""
    for bend, rate, v, batch in (2, 0.3, 100, 1), (2, 0.3, 100, 16), (1, 0.5, 50, 4):
        noise = rate**2 / 2 * bend * v / batch
        slope = -rate * bend**2 + rate**2 / 2 * bend**3
        yield close(
            f"λ = {bend}, η = {rate}, v = {v}, B = {batch}",
            change(bend, rate, v, batch), slope + noise,
            {
                "there is no noise": slope,
                "the noise is not divided by B": slope + noise * batch,
                "the noise is divided by B²": slope + noise / batch,
                "the square of the step is forgotten": -rate * bend**2,
                "the half of λ/2 is missing": 2 * (slope + noise),
                "noise makes the loss smaller": slope - noise,
            } if batch > 1 else {"there is no noise": slope},
            tol=0.02,
        )
