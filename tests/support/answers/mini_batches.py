from dlbook.mini_batches import accumulate, accumulated


def last_batch(examples, batch):
    _, rest = divmod(examples, batch)
    return rest, batch / rest


def train(model, optimizer, parts, many):
    for first in range(0, len(parts), many):
        accumulated(model, optimizer, parts[first : first + many])


def by_hand(model, optimizer, parts, many):
    from torch.nn.functional import cross_entropy

    for first in range(0, len(parts), many):
        group = parts[first : first + many]
        total = sum(len(y) for _, y in group)
        optimizer.zero_grad()
        for x, y in group:
            (cross_entropy(model(x), y) * len(y) / total).backward()
        optimizer.step()


def loses(model, optimizer, parts, many):
    for first in range(0, len(parts) - many + 1, many):
        accumulated(model, optimizer, parts[first : first + many])


def by_three(model, optimizer, parts, many):
    from torch.nn.functional import cross_entropy

    for first in range(0, len(parts), many):
        optimizer.zero_grad()
        for x, y in parts[first : first + many]:
            (cross_entropy(model(x), y) / many).backward()
        optimizer.step()


def each(model, optimizer, parts, many):
    for part in parts:
        accumulate(model, [part])
        optimizer.step()


ANSWERS = {
    "hand": ([[4.5, 5]], [([5, 4.5], "That is the mean of means"), ([12, 5], "Weigh each mean")]),
    "short": (
        [last_batch, lambda examples, batch: (examples % batch, batch / (examples % batch))],
        [
            (lambda examples, batch: (examples // batch, batch / (examples % batch)), "full batches are counted"),
            (lambda examples, batch: (examples % batch, (examples % batch) / batch), "upside down"),
            (lambda examples, batch: (batch - examples % batch, batch / (examples % batch)), "what is missing"),
        ],
    ),
    "groups": (
        [train, by_hand],
        [
            (loses, "left over is lost"),
            (each, "each part makes an update"),
            (by_three, "divided by 3 parts"),
            (lambda model, optimizer, parts, many: accumulated(model, optimizer, parts), "all parts make one"),
        ],
    ),
    "padding": (
        [lambda y: (y != -100).sum(), lambda y: int((y >= 0).sum())],
        [
            (len, "that are ignored count, too"),
            (lambda y: (y > 0).sum(), "class 0"),
            (lambda y: (y == -100).sum(), "that are ignored are counted"),
        ],
    ),
}
