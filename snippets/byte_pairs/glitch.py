from collections import Counter

from dlbook.data import corpus
from dlbook.vocabulary import BPE, running_text
from dlbook.vocabulary.gpt2 import gpt2, gpt2_ids

raw = corpus("en")  # with tables, rules, indented examples
clean = running_text(raw)  # what a model is trained on
bpe = BPE.train(raw, 1000)
learned, read = Counter(bpe.encode(raw)), Counter(bpe.encode(clean))
steps = [i for i in range(256, len(bpe)) if not learned[i]]
never = [i for i in range(256, len(bpe)) if learned[i] and not read[i]]
print(f"{len(bpe)} tokens; only steps to longer ones: {len(steps)},",
      [bpe.pieces[i].decode() for i in steps[:4]])
print(f"in the raw text, never in the clean one: {len(never)}")
for i in sorted(never, key=lambda i: -learned[i])[:2] + never[6:8]:
    print(f"  {bpe.pieces[i].decode()!r} {learned[i]} times, then 0")
print("GPT-2:", gpt2_ids(gpt2().encode(" SolidGoldMagikarp")))
