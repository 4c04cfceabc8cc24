ANSWERS = {
    "two": ([[1, -1], [1.0, -1.0]], [([0.7071, -0.7071], "not by one less"), ([1, 0], "lies in the middle")]),
    "momentum": ([[0.01, 0.049]], [([0.99, 0.049], "gives to the new"), ([0.01, 0.951], "what has arrived")]),
}
