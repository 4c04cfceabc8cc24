import math

from dlbook.captioning.measures import (
    brevity_penalty,
    clipped_matches,
    sentence_bleu,
)

said = ["the", "cat", "sat", "on", "a", "mat"]
right = ["the", "cat", "sat", "on", "the", "mat"]
ratios = [clipped_matches(said, [right], n) for n in (1, 2, 3, 4)]
print("matches of n-grams:", *(f"{a}/{b}" for a, b in ratios))
mean = math.prod(a / b for a, b in ratios) ** (1 / 4)
print(f"their geometric mean: {mean:.4f}")
print(f"BLEU: {sentence_bleu(said, [right]):.4f}")
print("seven times 'the':", clipped_matches(["the"] * 7, [right], 1))
print(f"four words for six: penalty {brevity_penalty(4, 6):.4f},"
      f" BLEU {sentence_bleu(right[:4], [right]):.4f}")
