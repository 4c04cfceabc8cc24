from dlbook.transformer.numbers import english_tokens, in_chinese, in_english
from dlbook.transformer.translator import its_numbers

for n in 305, 2_000, 20_035, 21_040, 105_000:
    print(f"{n:7,}  {in_chinese(n)}  {in_english(n)}")
for name, part in its_numbers()._asdict().items():
    words = [len(english_tokens(in_english(n))) for n in part]
    print(f"{name:8} {len(part):6,} numbers of {min(words)} to"
          f" {max(words)} words")
