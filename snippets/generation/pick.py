import torch

from dlbook.transformer.generation import Sampler, top_k, top_p

words = ["the", "a", "this", "that", "no"]
scores = torch.tensor([0.4, 0.25, 0.2, 0.1, 0.05]).log()
print(*words)
for p in 0.4, 0.5, 0.85:
    print(f"top-p {p}:", *(f"{x:.2f}" for x in top_p(scores, p).softmax(0)))
print("top-k 2:  ", *(f"{x:.2f}" for x in top_k(scores, 2).softmax(0)))
even = torch.zeros(5)
print("of equals:", top_k(even, 2).exp().tolist(),
      top_p(even, 0.3).exp().tolist())
sampler = Sampler(torch.Generator().manual_seed(0), temperature=0.5, p=0.9)
print("0.5, then top-p 0.9:",
      *(f"{x:.2f}" for x in sampler.shares(scores[None])[0]))
drawn = sampler(scores.expand(12, 5))
print("drawn:", *(words[i] for i in drawn))
