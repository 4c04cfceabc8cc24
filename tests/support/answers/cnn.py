import copy

import torch

from answers import instead

COUNT = [320, 18496, 401536, 1290, 225792, 3612672, 401408, 1280]


def reordered(net, order, second=True, biases=True):
    made = copy.deepcopy(net)
    one, two = made.features[0], made.features[3]
    one.weight.data = one.weight.data[order]
    if biases:
        one.bias.data = one.bias.data[order]
    if second:
        two.weight.data = two.weight.data[:, order]
    return made


def changed(net, order):
    net.features[0].weight.data = net.features[0].weight.data[order]
    net.features[0].bias.data = net.features[0].bias.data[order]
    net.features[3].weight.data = net.features[3].weight.data[:, order]
    return net


def occlusion(model, image, label, ink=0.0, what=lambda y: y.softmax(1), copied=True):
    rows, columns = (side - 1 for side in image.shape[1:])
    table = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            covered = image.clone() if copied else image
            covered[:, i : i + 2, j : j + 2] = ink
            table[i, j] = what(model(covered[None]))[0, label]
    return table


def at_once(model, image, label):
    covered = image.repeat(49, 1, 1, 1)
    for place in range(49):
        i, j = divmod(place, 7)
        covered[place, 0, i : i + 2, j : j + 2] = 0
    return model(covered).softmax(1)[:, label].detach().reshape(7, 7)


ANSWERS = {
    "count": (
        [COUNT],
        [
            (instead(COUNT, _0=288), "Each kernel has a bias"),
            (instead(COUNT, _5=14450688), "behind the first pooling"),
            (instead(COUNT, _2=1605760), "second pooling"),
        ],
    ),
    "order": (
        [reordered],
        [
            (lambda net, order: reordered(net, order, second=False), "only the first layer is changed"),
            (lambda net, order: reordered(net, order, biases=False), "WRONG  their biases"),
            (lambda net, order: net, "they stand as before"),
            (changed, "It changes argument 1 in place"),
        ],
    ),
    "occlusion": (
        [occlusion, at_once],
        [
            (lambda model, image, label: occlusion(model, image, label, 1.0), "white, and not 0"),
            (lambda model, image, label: occlusion(model, image, label).T, "rows and columns"),
            (lambda model, image, label: occlusion(model, image, label, what=lambda y: y), "WRONG"),
            (lambda model, image, label: occlusion(model, image, label, copied=False), "It changes argument 2"),
        ],
    ),
}
