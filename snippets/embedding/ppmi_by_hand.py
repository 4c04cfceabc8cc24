import math

total = 100  # pairs that were counted
for name, together, word, neighbour in [
    ("true", 8, 10, 20), ("the", 2, 10, 20), ("by", 1, 10, 20),
]:
    chance = word * neighbour / total
    pmi = math.log(together / chance)
    print(f"{name}: {together} times, by chance {chance:.0f},"
          f" PMI {pmi:.2f}, kept {max(pmi, 0):.2f}")
