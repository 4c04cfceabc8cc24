import torch

from dlbook.data import corpus
from dlbook.embedding import nearest
from dlbook.embedding.vectors import co_occurrences, factorise, pairs, ppmi
from dlbook.vocabulary import SPECIALS, Vocabulary, tokenize
from dlbook.vocabulary.segmentation import chinese_words

cut = tokenize(corpus("zh"), dictionary=chinese_words())
tokens = [token for token in cut if token.isalpha()]
vocabulary, first = Vocabulary(tokens, min_count=4), len(SPECIALS)
ids = torch.tensor(vocabulary.encode(tokens))
print(len(vocabulary) - first, "words")
for window in (2, 4):
    found = pairs(ids, window, first=first)
    matrix = ppmi(co_occurrences(found, len(vocabulary)))
    vectors = factorise(matrix, 20)
    for word in ("孔乙己", "酒"):
        near = nearest(vectors, vocabulary.ids[word], 4, first=first)
        print(f"window {window}, {word}:", *vocabulary.decode(near))
