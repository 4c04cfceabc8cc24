import time
from collections import Counter

from dlbook.data import corpus
from dlbook.vocabulary import running_text
from dlbook.vocabulary.bpe import count_pairs, learn, merge, pre_tokenize

text = running_text(corpus("en"))
start = time.perf_counter()
pieces = pre_tokenize(text)
words = Counter(tuple(piece.encode()) for piece in pieces)
slow = []
for new in range(256, 296):
    pairs = count_pairs(words)  # of all words, each time
    slow.append(min(pairs, key=lambda pair: (-pairs[pair], pair)))
    words = {merge(word, slow[-1], new): n for word, n in words.items()}
middle = time.perf_counter()
fast = learn(text, 40)
end = time.perf_counter()
print(f"{len(pieces)} pieces, {len(words)} different ones")
print("the same 40 merges:", fast == slow)
print(f"counting all again {middle - start:.1f} s, only words that changed"
      f" {end - middle:.1f} s; faster: {end - middle < middle - start}")
