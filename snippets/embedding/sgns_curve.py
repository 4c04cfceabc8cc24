import matplotlib.pyplot as plt
import torch

count, chance = 8.0, 2.0  # found together; expected by chance
score = torch.linspace(-4, 5, 181, dtype=torch.float64)
log_sigmoid = torch.nn.functional.logsigmoid
plt.figure(figsize=(4.5, 2.8))
for k in (1, 2, 5):
    loss = -count * log_sigmoid(score) - k * chance * log_sigmoid(-score)
    best = score[loss.argmin()].item()
    pmi = torch.tensor(count / chance).log().item()
    expected = pmi - torch.tensor(float(k)).log().item()
    print(f"k={k}: lowest at {best:.2f}, PMI - ln k = {expected:.2f}")
    plt.plot(score.numpy(), loss.numpy(), color=f"C{k // 2}", label=f"k={k}")
    plt.plot(best, loss.min().item(), "o", color=f"C{k // 2}")
plt.legend()
plt.gca().set(xlabel="score", ylabel="loss of one pair", ylim=(0, 40))
plt.show()
