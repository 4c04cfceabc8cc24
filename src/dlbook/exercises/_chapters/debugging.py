"""Checks of the exercises of the chapter Debugging."""

from dlbook.exercises._forms import hand

_SUM = "Softmax twice: the right class gets 1, the others 0, before the second."
check_hand = hand(
    ("loss of 100 classes at the start", 4.60517, {
        2.302585: "That is for 10 classes.", 2.0: "Take ln, not log to 10.",
        0.01: "That is the probability: its −ln is asked for.",
    }),
    ("floor of softmax twice, 2 classes", 0.313262, {
        0.693147: "That is guessing.", 1.313262: "That is the ceiling.",
        0.0: _SUM,
    }),
    ("3 classes", 0.551445, {1.551445: "That is the ceiling."}),
    ("4 classes", 0.743668, {1.743668: "That is the ceiling."}),
    ("10 classes", 1.461163, {2.461163: "That is the ceiling."}),
    ("100 classes", 3.621778, {4.621778: "That is the ceiling."}),
    ("distance of the ceilings from the floors", 1, {
        0: "The wrong class may get the 1.",
    }),
    ("is a right score of 10 above two of 0 as good as can be", False),
)
check_twins = hand(
    ("the floor of the mean loss", 0.146318, {
        4.682131: "Divide by 32: the loss is a mean.",
        0.936426: "All 32 count, the others with 0.",
        0.102994: "The two that are alike have a floor, too.",
        0.043322: "The three that are alike have a floor, too.",
        0.055987: "Three pictures have a floor of ln 3 each.",
    }),
)
