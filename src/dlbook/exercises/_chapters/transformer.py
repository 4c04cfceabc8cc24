"""Checks of the exercises of the chapter The Transformer."""

from dlbook.exercises._forms import hand

check_count = hand(
    ("a layer that reads: how many d²", 12, {
        8: "The feed-forward network has 2 · 4d², the attention 4d².",
        4: "The feed-forward network has 2 · 4d².",
    }),
    ("and how many d", 13, {
        9: "Two norms have 2d each.", 4: "The feed-forward network has biases.",
        11: "Two norms have 2d each.", 8: "The attention has biases.",
    }),
    ("a layer that writes: how many d²", 16, {
        12: "It has one attention more.", 24: "It has one attention more.",
    }),
    ("and how many d", 19, {
        17: "It has one norm more.", 15: "The second attention has biases.",
        13: "It has one attention and one norm more.",
    }),
)
check_floor = hand(
    ("the smallest loss", 1.3771, {
        0.10536: "That is −ln of the right one alone.",
        0.32508: "The tenth is shared out among 37,000.",
        0.0: "The target is not sure.",
    }),
    ("the perplexity on the true tokens", 1.11110, {
        3.9634: "On the true tokens only their own probability counts.",
        0.9: "It is one over that.",
    }),
)
