from dlbook.vocabulary import chinese_words

words = chinese_words()
print(f"N = {words.total:,}")
for cut in (["研究生", "命"], ["研究", "生命"]):
    product = 1.0
    for word in cut:
        print(f"  {word}: {words.counts[word]:,}", end="")
        product *= words.share(word)
    print(f"  product {product:.1e}")
