from dlbook.vocabulary.gpt2 import gpt2

bpe = gpt2()


def cut(text):
    return "|".join(bpe.pieces[i].decode() for i in bpe.encode(text))


print("1234 + 5678 = 6912 is", cut("1234 + 5678 = 6912"))
print(*(cut(year) for year in ("1999", "2019", "2020", "2024")))
print("3.14159 and 1000000 are", cut("3.14159"), "and", cut("1000000"))
for digits in (2, 3, 4):
    numbers = range(10 ** (digits - 1), 10**digits)
    whole = [n for n in numbers if "|" not in cut(str(n))]
    print(f"of {digits} digits: {len(whole)} of {len(numbers)} are one token")
years = [n for n in whole if 1900 <= n <= 2020]
print(f"of those with 4, years from 1900 to 2020: {len(years)}")
