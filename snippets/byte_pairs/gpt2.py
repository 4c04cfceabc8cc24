from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text
from dlbook.vocabulary.gpt2 import gpt2, gpt2_ids

real = gpt2()
print(f"{len(real):,} tokens, the first merges:",
      *[piece.decode() for piece in real.pieces[256:261]])
for text in ("Attention is all you need.", " Attention", "孔乙己"):
    ids = real.encode(text)
    print(gpt2_ids(ids))
    print("  ", *[real.pieces[i] for i in ids])
english = running_text(corpus("en"))
both = {"1,000 merges": BPE.train(english, 1000), "GPT-2": real}
for name, bpe in both.items():
    size = len(english.encode()) / len(bpe.encode(english))
    print(f"{name}: {size:.1f} bytes per token of the English text")
