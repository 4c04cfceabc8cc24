"""Checks of the exercises of the chapter Image captioning."""

from dlbook.exercises._forms import hand

check_prior = hand(
    ("H for exactly two digits, in nats", 7.7832, {
        11.2288: "That is in bits: take ln.",
        5.9915: "The places are drawn, too: there are six.",
        8.4763: "The order of the two places is fixed.",
    }),
    ("the best blind guess is right once in so many", 2400, {
        400: "The places must be guessed, too.", 120: "There are two digits.",
    }),
    ("once in so many for one to four digits", 320, {
        80: "How many there are must be guessed, too: one of four.",
        7200: "One digit is likelier than two.",
    }),
)
check_hand = hand(
    ("probability of what greedy finds", 0.24, {
        0.6: "It must end, too.", 0.18: "After A, the end is likelier.",
    }),
    ("probability of what a beam of two finds", 0.36, {
        0.24: "The beam keeps B, too.", 0.9: "B itself has 0.4.",
    }),
)
check_sees = hand(
    ("pixels in a row that one place sees", 30, {
        8: "That is the distance of the places.",
        26: "The last pooling adds to it.",
        32: "A kernel adds k − 1 times the distance.",
    }),
)
