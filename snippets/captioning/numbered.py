from dlbook.captioning.grammar import Item, words_of
from dlbook.captioning.training import numbered

words = words_of()
print(dict(enumerate(words.tokens[:8])), "…", len(words), "in all")
scenes = [[Item(0, 0, 3), Item(3, 1, 7)], [Item(1, 1, 4)]]
ids = numbered(scenes)
print(ids)
print(*words.decode(ids[1, :-1]), "   what the model reads")
print(*words.decode(ids[1, 1:]), "   what it is to say")
