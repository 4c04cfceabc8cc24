import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from dlbook.torch_nn import SubclassLeNet

net = SubclassLeNet(generator=torch.Generator().manual_seed(0))
with tempfile.TemporaryDirectory() as folder:
    pickle, safe = Path(folder, "net.pt"), Path(folder, "net.safetensors")
    torch.save(net.state_dict(), pickle)
    save_file(net.state_dict(), safe)
    for state in (torch.load(pickle, weights_only=True), load_file(safe)):
        new = SubclassLeNet()
        print(new.load_state_dict(state),
              torch.equal(new.c3.weight, net.c3.weight))
    torch.save(net, pickle)  # the object itself
    try:
        torch.load(pickle)
    except Exception as error:
        print(type(error).__name__ + ":", str(error).split(".")[0])
