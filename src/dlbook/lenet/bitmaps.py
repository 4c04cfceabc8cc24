"""The codes of the ten digits: small pictures of 7 by 12, black or white.

The 1998 net asks of the 84 numbers of f6 that they draw such a picture. These
were drawn for this book; those of the paper stand in its figure 3.
"""

import torch
from jaxtyping import Float
from torch import Tensor

COLUMNS, ROWS = 7, 12
DRAWN = """
_______  _______  _______  _______  _______
__###__  ___#___  _#####_  _#####_  ____##_
_#___#_  __##___  #_____#  #_____#  ___#_#_
#_____#  _#_#___  ______#  ______#  __#__#_
#_____#  ___#___  ______#  ______#  _#___#_
#_____#  ___#___  _____#_  __####_  #____#_
#_____#  ___#___  ____#__  ______#  #____#_
#_____#  ___#___  ___#___  ______#  #######
#_____#  ___#___  __#____  ______#  _____#_
_#___#_  ___#___  _#_____  #_____#  _____#_
__###__  _#####_  #######  _#####_  _____#_
_______  _______  _______  _______  _______

_______  _______  _______  _______  _______
#######  __####_  #######  _#####_  _#####_
#______  _#_____  ______#  #_____#  #_____#
#______  #______  _____#_  #_____#  #_____#
#______  #______  _____#_  #_____#  #_____#
######_  ######_  ____#__  _#####_  _######
______#  #_____#  ____#__  #_____#  ______#
______#  #_____#  ___#___  #_____#  ______#
______#  #_____#  ___#___  #_____#  ______#
#_____#  #_____#  __#____  #_____#  _____#_
_#####_  _#####_  __#____  _#####_  _####__
_______  _______  _______  _______  _______
"""


# --8<-- [start:codes]
def codes() -> Float[Tensor, "10 84"]:
    """The pictures, row by row: 1 where there is ink, -1 where there is none.

    >>> codes().shape, codes().unique()
    (torch.Size([10, 84]), tensor([-1.,  1.]))
    """
    halves = [block.split("\n") for block in DRAWN.strip().split("\n\n")]
    pictures = [
        [line.split()[place] for line in half]
        for half in halves for place in range(5)
    ]
    ink = [[c == "#" for c in "".join(rows)] for rows in pictures]
    return 2 * torch.tensor(ink, dtype=torch.float32) - 1
# --8<-- [end:codes]
