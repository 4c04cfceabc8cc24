from dlbook.vocabulary.bpe import count_pairs, merge

text = "ban ban ban banana banana band"
words = {}
for word in text.split():
    letters = tuple(word.encode())
    words[letters] = words.get(letters, 0) + 1
pieces = [bytes([byte]) for byte in range(256)]
show = lambda ids: " ".join(pieces[i].decode() for i in ids)  # noqa: E731
for new in range(256, 260):
    pairs = count_pairs(words)
    best = min(pairs, key=lambda pair: (-pairs[pair], pair))
    pieces.append(pieces[best[0]] + pieces[best[1]])
    words = {merge(word, best, new): n for word, n in words.items()}
    print(f"{new}: {show(best)} stands there {pairs[best]} times;",
          ", ".join(show(word) for word in words))
