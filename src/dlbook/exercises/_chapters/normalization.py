"""Checks of the exercises of the chapter Normalisation layers."""

from dlbook.exercises._forms import hand

check_two = hand(
    ("what the larger of two numbers becomes", 1, {
        0.7071: "Batch norm divides by the batch, not by one less.",
        0.5: "Divide by the deviation, not by the distance of the two.",
    }),
    ("what the smaller one becomes", -1, {
        0: "The mean lies in the middle.",
        -0.7071: "Batch norm divides by the batch, not by one less.",
    }),
)
check_momentum = hand(
    ("momentum in PyTorch", 0.01, {
        0.99: "What Keras keeps of the old average, PyTorch gives to the new.",
    }),
    ("what is left of the start after 300 batches", 0.04904, {
        0.95096: "That is what has arrived.", 0.99: "Three hundred times.",
    }),
)
