print("examples  batch  full  last  each of the last counts")
for examples in (60_000, 1437):
    for batch in (32, 64, 128, 256):
        full, last = divmod(examples, batch)
        more = f"{batch / last:.1f} times" if last else "the same"
        print(f"{examples:8,}{batch:7}{full:6,}{last:6}  {more}")
