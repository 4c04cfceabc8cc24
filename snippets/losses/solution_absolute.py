import torch

y = torch.tensor([1.0, 2, 3, 4, 100])
guesses = torch.linspace(0, 30, 301)[:, None]
for name, errors in (("squared", (guesses - y).square()),
                     ("absolute", (guesses - y).abs())):
    best = guesses[errors.mean(1).argmin()].item()
    print(f"{name} error is least at {best:.1f}")
print(f"mean {y.mean():.1f}, median {y.median():.1f}")
