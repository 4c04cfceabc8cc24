from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text

en = BPE.train(running_text(corpus("en")), 1000)
print("among the first:", sorted(p.decode() for p in en.pieces[256:261]))
words = [" the", " implementation", " attributes", " unbelievable",
         " tokenization", " 你好"]
for word in words:
    print(f"{word!r}:", *[en.pieces[i] for i in en.encode(word)])

zh = BPE.train(corpus("zh"), 1000)
print("Chinese:", len(zh) - 256, "merges, then no pair stands there twice")
whole = [p.decode("utf8", "ignore") for p in zh.pieces[256:]]
whole = [text for text, piece in zip(whole, zh.pieces[256:], strict=True)
         if text.encode() == piece and text.isalpha()]
print("characters:", *[text for text in whole if len(text) == 1][:12])
print("longer:", *[text for text in whole if len(text) > 1][:12])
