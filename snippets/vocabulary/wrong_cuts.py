from dlbook.vocabulary import chinese_words
from dlbook.vocabulary.segmentation import longest_match, segment

words = chinese_words()
print(f"{len(words):,} words, the longest has {words.longest} characters")
for run in ("研究生命的起源", "他的确切地址", "坐着用这手慢慢走去了",
            "就在外面做点事罢", "乒乓球拍卖完了"):
    print("longest: ", " ".join(longest_match(run, words)))
    print("likeliest:", " ".join(segment(run, words)))
