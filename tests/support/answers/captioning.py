ANSWERS = {
    "prior": (
        [[7.78, 2400, 320]],
        [
            ([11.23, 2400, 320], "in bits"),
            ([7.78, 400, 320], "places must be guessed"),
            ([7.78, 2400, 80], "one of four"),
        ],
    ),
    "hand": ([[0.24, 0.36]], [([0.6, 0.36], "must end"), ([0.24, 0.24], "keeps B")]),
    "sees": ([30, [30]], [(26, "last pooling"), (8, "distance of the places"), ("30", "WRONG")]),
}
