from dlbook.data import corpus
from dlbook.vocabulary import UNK, Vocabulary, tokenize

zh = corpus("zh")
print("split():", [len(part) for part in zh.split()][:5], "characters")
tokens = tokenize(zh)  # no dictionary: cut at signs only
print(tokens[:7])
words = [token for token in tokens if token.isalpha()]
vocabulary = Vocabulary(words[: len(words) // 2])
ids = vocabulary.encode(words[len(words) // 2 :])
print(f"unknown in the second half: {ids.count(UNK) / len(ids):.2f}")
