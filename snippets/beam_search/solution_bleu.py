from dlbook.captioning.grammar import Item, caption
from dlbook.captioning.measures import exact_match, sentence_bleu

true = [Item(0, 0, 3), Item(1, 1, 8), Item(3, 1, 7)]
others = {
    "one wrong digit": [Item(0, 0, 3), Item(1, 1, 5), Item(3, 1, 7)],
    "two digits swapped": [Item(0, 0, 3), Item(1, 1, 7), Item(3, 1, 8)],
    "the last left out": true[:2],
}
for language in ("en", "zh"):
    right = [caption(true, language)]
    for name, scene in others.items():
        said = caption(scene, language)
        print(language, f"{name:18} BLEU {sentence_bleu(said, right):.2f}",
              " exact match", exact_match([said], [right]))
