import tempfile

from safetensors.torch import load_file, load_model, save_file, save_model
from torch import nn


def words_and_scores(tie):
    net = nn.Sequential(nn.Embedding(5, 3), nn.Linear(3, 5, bias=False))
    net[1].weight = net[0].weight if tie else net[1].weight
    return net


net = words_and_scores(tie=True)
print("trained:", [name for name, _ in net.named_parameters()])
print("state:", list(net.state_dict()))
with tempfile.NamedTemporaryFile() as file:
    save_model(net, file.name)
    print("in the file:", list(load_file(file.name)))
    print("loaded:", load_model(words_and_scores(tie=True), file.name))
    for wrong in (lambda: load_model(words_and_scores(False), file.name),
                  lambda: save_file(net.state_dict(), file.name)):
        try:
            wrong()
        except RuntimeError as error:
            print(" ".join(str(error).split()).partition(" [")[0])
