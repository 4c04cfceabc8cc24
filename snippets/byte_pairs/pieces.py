from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text
from dlbook.vocabulary.bpe import count_pairs, learn, merge, pre_tokenize

text = running_text(corpus("en"))[:50000]
print(pre_tokenize("The dog isn't a dog, but a dog! 42 dogs."))

word, free = tuple(text.encode()), []  # one piece: the whole text
for new in range(256, 356):
    pairs = count_pairs({word: 1})
    free.append(min(pairs, key=lambda pair: (-pairs[pair], pair)))
    word = merge(word, free[-1], new)
for name, merges in (("cut first", learn(text, 100)), ("not cut", free)):
    pieces = [piece.decode() for piece in BPE(merges).pieces[256:]]
    across = [piece for piece in pieces if " " in piece[1:]]
    print(f"{name}: {len(across) / 100:.1f} reach across a space", across[:6])
