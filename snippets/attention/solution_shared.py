import torch

n = 6
right = torch.arange(n).flip(0)  # each place looks at its mirror image
for name in ("W_q and W_k", "one for both"):
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        x, w_q, w_k = (torch.randn(k, 16, generator=g).double()
                       for k in (n, 16, 16))
        w = [(m / 4).requires_grad_() for m in (w_q, w_k)]
        step = torch.optim.Adam(w, lr=0.01)
        for _ in range(300):
            w_q, w_k = w if name != "one for both" else w[:1] * 2
            a = (x @ w_q @ (x @ w_k).T / 4).softmax(1)
            step.zero_grad()
            (-a[torch.arange(n), right].log().mean()).backward()
            step.step()
        on_it = a[torch.arange(n), right].detach()
        print(f"{name:12} seed {seed}: on the right place"
              f" {on_it.mean():.2f}, at most {on_it.max():.2f}")
