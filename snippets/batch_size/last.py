from dlbook.batch_size import Noise, lengths

noise = Noise(square=1.0, trace=1.0)  # in units of tr Σ
for examples, batch in (1797, 64), (60_000, 64), (60_000, 256):
    *_, last = every = lengths(examples, batch)
    times = noise.variance(last, examples) / noise.variance(batch, examples)
    print(f"{examples} in batches of {batch}: {len(every)}, the last of"
          f" {last}, its variance {times:.1f} times the others'")
