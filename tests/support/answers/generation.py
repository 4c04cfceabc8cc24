from answers import instead

TOP_P = [[1], [1, 3], [1, 3], [1, 3, 4], [0, 1, 3, 4]]
WAN = ["二", "二十", "二百", "两千", "两万", "二十万", "两万二千", "一万二千", "一万零一十", "十一万"]


def changed(model, ids, place):
    edited = ids.clone()
    edited[0, place] = (ids[0, place] + 1) % 20
    gap = (model(ids) - model(edited)).abs().amax(-1)[0] > 0
    return gap.nonzero().flatten().tolist()


def in_place(model, ids, place):
    before = model(ids)
    ids[0, place] = (ids[0, place] + 1) % 20
    return [i for i in range(ids.shape[1]) if (model(ids) != before)[0, i].any()]


ANSWERS = {
    "top_p": (
        [TOP_P],
        [(instead(TOP_P, _0=[1, 3]), "reached by the first"), (instead(TOP_P, _4=[1, 3, 4]), "reaches p is kept")],
    ),
    "wan": (
        [WAN],
        [
            (instead(WAN, _3="二千"), "begins the number"),
            (instead(WAN, _5="两十万"), "In front of 十"),
            (instead(WAN, _8="一万一十"), "零"),
        ],
    ),
    "past": (
        [changed],
        [
            (lambda model, ids, place: list(range(place, 10)), "does not compare"),
            (lambda model, ids, place: changed(model, ids, place)[1:], "its own place is missing"),
            (lambda model, ids, place: list(range(place)), "in front of it"),
            (in_place, "It changes argument 2 in place"),
        ],
    ),
}
