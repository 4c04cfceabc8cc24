from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text

en, zh = running_text(corpus("en")), corpus("zh")
half = len(zh) // 2  # learn from one half, measure the other
texts = {"English": en[:100_000], "Chinese": zh[:half]}
texts["both"] = texts["English"] + zh[:half] * 4
for name, text in texts.items():
    bpe = BPE.train(text, 500)
    english = len(bpe.encode(en[-50_000:])) / 50_000
    chinese = len(bpe.encode(zh[half:])) / len(zh[half:])
    print(f"learned from {name}: {english:.1f} tokens per English character,",
          f"{chinese:.1f} per Chinese")
