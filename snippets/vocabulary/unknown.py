from dlbook.data import corpus
from dlbook.vocabulary import UNK, Vocabulary, running_text, tokenize
from dlbook.vocabulary.segmentation import chinese_words


def unknown(text, size, by="words", dictionary=None):
    """The share of unknown tokens in the last fifth of a text."""
    end = len(text) * 4 // 5
    train, test = (tokenize(part, by, dictionary=dictionary)
                   for part in (text[:end], text[end:]))
    ids = Vocabulary(train, max_size=size).encode(test)
    return ids.count(UNK) / len(ids)


en, zh = running_text(corpus("en")), corpus("zh")
words = chinese_words()
print("vocabulary  English words  Chinese words  Chinese characters")
for size in (100, 300, 1000, None):
    print(f"{size or 'all':>10}  {unknown(en, size):13.2f}"
          f"  {unknown(zh, size, dictionary=words):13.2f}"
          f"  {unknown(zh, size, 'characters'):18.2f}")
