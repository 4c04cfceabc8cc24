import math

from dlbook.captioning.decoding import beam_search, greedy, tree_step

END, A, B, C = range(4)  # after each path: the chances of end, A, B, C
tree = {
    (): [0.0, 0.5, 0.4, 0.1],
    (A,): [0.2, 0.3, 0.25, 0.25],
    (B,): [0.0, 0.6, 0.4, 0.0],
    (C,): [1.0, 0.0, 0.0, 0.0],
    (A, A): [1.0, 0.0, 0.0, 0.0],
    (B, A): [0.5, 0.3, 0.2, 0.0],
    (B, B): [0.5, 0.3, 0.2, 0.0],
}
step, state = tree_step(tree)
how = {"begin": END, "end": END, "longest": 5}
found = {"greedy": greedy(step, state, **how)}
for width in (1, 2, 3):
    found[f"beam {width}"] = beam_search(step, state, width=width, **how)
for name, captions in found.items():
    words = ["".join("·ABC"[i] for i in one.ids) for one in captions]
    chances = [f"{math.exp(one.logp):.2f}" for one in captions]
    print(name, *zip(words, chances, strict=True))
