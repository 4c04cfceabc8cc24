import torch
from torch.nn.utils.rnn import pad_sequence

from dlbook.vocabulary import PAD, Vocabulary, chinese_words, tokenize

texts = ["温一碗酒。", "要一碟茴香豆。", "不多不多！多乎哉？不多也。"]
tokens = [tokenize(text, dictionary=chinese_words()) for text in texts]
vocabulary = Vocabulary(token for sentence in tokens for token in sentence)
rows = [torch.tensor(vocabulary.encode(t, ends=True)) for t in tokens]
batch = pad_sequence(rows, batch_first=True, padding_value=PAD)
print(batch)
print("real tokens:", (batch != PAD).sum(1).tolist())
print("".join(vocabulary.decode(batch[0])))
