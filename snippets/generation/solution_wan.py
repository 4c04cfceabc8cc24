from dlbook.transformer.numbers import in_chinese, in_english

for n in 2, 20, 200, 2_000, 20_000, 200_000, 22_000, 12_000, 10_010, 110_000:
    print(f"{n:7,} {in_chinese(n):8} {in_english(n)}")
