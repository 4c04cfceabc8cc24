from dlbook.pooling import output_size

for window in 2, 3:
    how = {"kernel": window, "stride": 2}
    print(f"windows of {window}:",
          *(f"{n} -> {output_size(n, **how)}" for n in (55, 27, 13)))
    starts = [2 * i for i in range(output_size(13, **how))]
    readers = [sum(s <= p < s + window for s in starts) for p in range(13)]
    print("  who reads each of 13 pixels:", *readers)
