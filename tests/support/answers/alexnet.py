from answers.lenet import DENSE

ANSWERS = {
    "count": ([[1600, 1638400]], [([2400, 1638400], "One channel of three stays"), ([1600, 1600], "32 by 32 places")]),
    "mean": ([[257000, 2591080]], [([256000, 2591080], "has a bias"), ([257000, 2334080], "convolutions alone")]),
    "conv": DENSE,
}
