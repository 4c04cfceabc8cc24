from pathlib import Path
from tempfile import TemporaryDirectory

from dlbook.vocabulary import Vocabulary, tokenize

text = "the cat sat on the mat and the dog sat on the cat"
words = Vocabulary(tokenize(text))
print(words, "dog" in words, "zebra" in words)
with TemporaryDirectory() as folder:  # yours: the folder with the weights
    file = Path(folder) / "words.json"
    words.save(file)
    again = Vocabulary.load(file)
print("the same numbers:", again.ids == words.ids)
