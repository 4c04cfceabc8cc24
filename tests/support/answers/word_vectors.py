import math

from answers import instead

HAND = [math.log(2), math.log(2), math.log(2 / 4)]

ANSWERS = {
    "hand": (
        [HAND],
        [
            (instead(HAND, _0=1.0), "natural one"),
            (instead(HAND, _0=2.0), "logarithm of that"),
            (instead(HAND, _1=0.0), "c is rare"),
            (instead(HAND, _2=math.log(2)), "k shifts it"),
            (instead(HAND, _2=0.0), "not cut off"),
        ],
    ),
}
