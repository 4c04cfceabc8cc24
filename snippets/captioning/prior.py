import math

from dlbook.captioning.grammar import entropy, likeliest

for k in (2, 3, 4):
    scenes = math.comb(4, k) * 20**k
    print(k, "digits:", f"{scenes:,} scenes, {math.log(scenes):.2f} nats")
print(f"all together: {entropy():.2f} nats")
print("always the likeliest caption: right once in",
      round(1 / likeliest()))
