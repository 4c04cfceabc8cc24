from unicodedata import normalize

from dlbook.vocabulary import Vocabulary, tokenize

composed, combined = "caf\u00e9", "cafe\u0301"  # both look like café
print(ascii(tokenize(composed)), ascii(tokenize(combined)))
print("NFC:", tokenize(normalize("NFC", combined)))
wide = "ＡＢＣ１２３"
print("NFKC:", wide, "becomes", normalize("NFKC", wide))
vocabulary = Vocabulary(tokenize(composed))
print(vocabulary.encode(tokenize(combined)))
