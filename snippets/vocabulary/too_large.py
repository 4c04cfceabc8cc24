import torch

from dlbook.vocabulary import Vocabulary, one_hot, tokenize

vocabulary = Vocabulary(tokenize("to be, or not to be"))
ids = torch.tensor([5, 4, 9])
print(one_hot(ids, len(vocabulary)))
