import math

from dlbook.captioning.decoding import beam_search, tree_step

END, A, B = range(3)
step, state = tree_step({
    (): [0.0, 0.6, 0.4], (A,): [0.4, 0.3, 0.3], (B,): [0.9, 0.1, 0.0],
    (A, A): [1.0, 0.0, 0.0], (A, B): [1.0, 0.0, 0.0],
    (B, A): [1.0, 0.0, 0.0]})
for width in (1, 2):
    best = beam_search(step, state, width=width, begin=END, end=END,
                       longest=4)[0]
    print(width, "".join(" AB"[i] for i in best.ids),
          f"{math.exp(best.logp):.2f}")
