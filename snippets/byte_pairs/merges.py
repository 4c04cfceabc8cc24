import matplotlib.pyplot as plt

from dlbook.vocabulary.bpe import count_pairs, merge

text = 3 * ["ban"] + 2 * ["banana"] + ["band"]
words = {tuple(word.encode()): text.count(word) for word in text}
pieces = [chr(byte) for byte in range(256)]


def best(pairs):
    return min(pairs, key=lambda pair: (-pairs[pair], pair))


for new in (256, 257):
    a, b = best(count_pairs(words))
    words = {merge(word, (a, b), new): n for word, n in words.items()}
    pieces.append(pieces[a] + pieces[b])
pairs = count_pairs(words)
at = list(pairs).index(best(pairs))
names = [" ".join(pieces[i] for i in pair) for pair in pairs]
cut = [f"{n} × " + "|".join(pieces[i] for i in w) for w, n in words.items()]
plt.figure(figsize=(5.5, 2.2))
plt.barh(names, pairs.values())[at].set_color("C1")
plt.gca().set(title=",   ".join(cut), xlabel="side by side", xticks=(0, 1, 2))
plt.show()
