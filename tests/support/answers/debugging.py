from answers import instead

HAND = [4.605, 0.313, 0.551, 0.744, 1.461, 3.622, 1, False]
ANSWERS = {
    "hand": (
        [HAND],
        [
            (instead(HAND, _0=2.0), "Take ln"),
            (instead(HAND, _1=1.313), "That is the ceiling"),
            (instead(HAND, _7=True), "WRONG"),
        ],
    ),
    "twins": (
        [0.1463, [0.146]],
        [(4.682, "Divide by 32"), (0.9364, "All 32 count"), (0.103, "The two that are alike")],
    ),
}
