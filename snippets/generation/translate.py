import matplotlib.pyplot as plt

from dlbook.transformer.looking import attention_maps
from dlbook.transformer.pairs import SIGNS, WORDS
from dlbook.transformer.translation import number_pairs
from dlbook.transformer.translator import translator

model = translator("to chinese")
source, target = number_pairs([21_040], "to chinese")
begin = target[:, :1]  # nothing is written yet
maps = attention_maps(model, source, begin)
look = maps["decoder.layers.0.cross.layer"][0, :, 0].mean(0)
shares = model(source, begin)[0, 0].softmax(0)
best = shares.argsort(descending=True)[:5]
for sign, share in zip(SIGNS.decode(best), shares[best], strict=True):
    print(sign, f"{share:.1e}")
words = [word.strip("<>") for word in WORDS.decode(source[0])]
_, axes = plt.subplots(1, 2, figsize=(5.5, 2.2))
axes[0].barh(words[::-1], look.flip(0).numpy())
axes[0].set(xlim=(0, 1), xlabel="weight, mean of heads", ylabel="read")
names = {"两": "2, liang", "二": "2, er", "五": "5", "三": "3", "<unk>": "unk"}
likely = [names[sign] for sign in SIGNS.decode(best)]
axes[1].barh(likely[::-1], shares[best].flip(0).numpy(), color="C1")
axes[1].set(xlim=(0, 1), xlabel="probability", ylabel="written first")
plt.show()
