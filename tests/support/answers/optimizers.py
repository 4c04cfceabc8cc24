import torch

from dlbook.gradient_descent import SGD, Adam, Optimizer


class RMSprop(Optimizer):
    beta = 0.99

    def direction(self, grad, memory):
        s = memory.get("s", torch.zeros_like(grad))
        memory["s"] = self.beta * s + (1 - self.beta) * grad.square()
        return grad / (self.root(memory["s"]) + 1e-8)

    def root(self, s):
        return s.sqrt()


class Faster(RMSprop):
    beta = 0.9


class NoRoot(RMSprop):
    def root(self, s):
        return s


class Forgets(RMSprop):
    def direction(self, grad, memory):
        return super().direction(grad, {})


class Corrected(Optimizer):
    def direction(self, grad, memory):
        s, t = memory.get("s", 0), memory.get("t", 0) + 1
        memory.update(s=0.99 * s + 0.01 * grad**2, t=t)
        return grad / ((memory["s"] / (1 - 0.99**t)).sqrt() + 1e-8)


class Nesterov(SGD):
    def direction(self, grad, memory):
        v = super().direction(grad, memory)
        return grad + self.momentum * v


class Twice(SGD):
    """The same by another sum: v + μ (v − old v), with g = v − μ old v."""

    def direction(self, grad, memory):
        v = memory["v"] = self.momentum * memory.get("v", 0) + grad
        return v * (1 + self.momentum) - (v - grad)


class Alone(SGD):
    def direction(self, grad, memory):
        return self.momentum * super().direction(grad, memory)


ANSWERS = {
    "second": (
        [[-0.1, -0.0266]],
        [([0.1, -0.0266], "against the gradient"), ([-0.1, 0.0266], "still points the old way")],
    ),
    "conventions": (
        [[0.878, 0.0891, 0.801]],
        [([0.1, 0.0891, 0.801], "steps have added up"), ([0.878, 0.801, 0.0891], "whole velocity by the new rate")],
    ),
    "rmsprop": (
        [RMSprop, lambda params, lr: torch.optim.RMSprop(params, lr=lr)],
        [
            (NoRoot, "the root is missing"),
            (Faster, "β is 0.9"),
            (Corrected, "mean is corrected, as in Adam"),
            (Forgets, "not kept from step to step"),
            (Adam, "WRONG"),
        ],
    ),
    "nesterov": (
        [Nesterov, Twice],
        [(SGD, "it is the heavy ball"), (Alone, "g is missing")],
    ),
}
