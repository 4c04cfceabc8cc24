from dlbook.batch_size import best_rate

least, scale = 60, 20  # steps that no batch avoids, and the noise scale
for batch in (4, 16, 64, 256, 1024):
    steps = least / best_rate(batch, scale)
    print(f"B = {batch:4}: {steps:.0f} steps, {steps * batch:,.0f} examples")
