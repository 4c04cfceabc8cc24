from dlbook.data import corpus
from dlbook.vocabulary import Vocabulary, chinese_words, tokenize

tokens = tokenize(corpus("zh"), dictionary=chinese_words())
for name, length, size in [
    ("Kong Yiji, words", len(tokens), len(Vocabulary(tokens))),
    ("one text of GPT-2", 1024, 50257),
]:
    ids, rows = 8 * length, 4 * length * size  # int64, float32
    print(f"{name}: {length:,} tokens, {size:,} in the vocabulary")
    print(f"  {ids:,} bytes as ids, {rows:,} as one-hot rows")
    print(f"  {rows / ids:,.1f} times as many, {1 - 1 / size:.3%} are zeros")
