from dlbook.lenet import LeNet
from dlbook.torch_nn import sequential_lenet

saved = LeNet(classes=26).state_dict()  # of a net for letters
state = {name.split(".", 1)[1]: value for name, value in saved.items()}
state["f7.weight"] = state.pop("f6.weight")
net = sequential_lenet()  # for digits
try:
    net.load_state_dict(state)
except RuntimeError as error:
    print(str(error).expandtabs(4))
