from dlbook.vocabulary import chinese_words
from dlbook.vocabulary.segmentation import WordList, segment

words = chinese_words()
for word in ("乒乓球", "拍卖", "完", "乒乓球拍", "卖完"):
    print(word, words.counts[word], end="; ")
c = words.counts
bound = c["乒乓球"] * c["拍卖"] * c["完"] / (words.total * c["卖完"])
print(f"bound {bound:.0f}")
for count in (20, 30):
    more = WordList({**c, "乒乓球拍": count})
    print(count, segment("乒乓球拍卖完了", more))
