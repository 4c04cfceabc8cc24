from dlbook.data import corpus
from dlbook.vocabulary import Vocabulary, running_text, tokenize
from dlbook.vocabulary.segmentation import chinese_words

en = tokenize(running_text(corpus("en")))
zh = tokenize(corpus("zh"), dictionary=chinese_words())
english, chinese = Vocabulary(en, max_size=1000), Vocabulary(zh)
print(len(english), english.tokens[:4], english.decode([english.ids["the"]]))
print(len(chinese), chinese.tokens[4:14])

words = tokenize("温一碗酒。", dictionary=chinese_words())
ids = chinese.encode(words, ends=True)
print(ids, "".join(chinese.decode(ids)))
tokens = tokenize("The  zebra is an object.")
print(" ".join(english.decode(english.encode(tokens))))
everything = [english.encode(en), chinese.encode(zh)]
print("Chinese: the same tokens again:", chinese.decode(everything[1]) == zh)
print("Chinese: the same text again:", "".join(zh) == corpus("zh"))
print("English: the same tokens again:", english.decode(everything[0]) == en)
