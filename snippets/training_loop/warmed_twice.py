from torch import optim, zeros


def rates(optimizer, schedule, steps):
    for _ in range(steps):
        yield round(optimizer.param_groups[0]["lr"], 2)
        optimizer.step()
        schedule.step()


a = optim.SGD([zeros(1)], lr=0.8)
warm = optim.lr_scheduler.LinearLR(a, 0.25, total_iters=3)
print("two steps, saved:    ", list(rates(a, warm, 2)))
saved = a.state_dict(), warm.state_dict()
print("not killed:          ", list(rates(a, warm, 4)))
for early in (True, False):
    b = optim.SGD([zeros(1)], lr=0.8)
    if early:
        b.load_state_dict(saved[0])
    warm = optim.lr_scheduler.LinearLR(b, 0.25, total_iters=3)
    if not early:
        b.load_state_dict(saved[0])
    warm.load_state_dict(saved[1])
    print("loaded, then built:  " if early else "built, then loaded:  ",
          list(rates(b, warm, 4)))
