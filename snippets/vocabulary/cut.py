from dlbook.vocabulary import chinese_words, tokenize

for text in ("Don't panic: x_1 = 42!", "温一碗酒。", "他说Python很好"):
    print("characters:", " ".join(tokenize(text, by="characters")))
    print("words:     ", " ".join(tokenize(text, dictionary=chinese_words())))
