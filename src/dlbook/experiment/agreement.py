"""Whether two runs of a comparison, a short and a long one, say the same.

The words for a pair of competitors are "better", "worse" and "not told
apart". From "better" to "worse" a verdict turns round: what it said is wrong.
From or to "not told apart" is a weaker change: it said too much or too
little. Verdicts about speed are exempt, for speed is what changes with the
budget.
"""

import re
from collections.abc import Iterator, Sequence

from dlbook.experiment.values import Values
from dlbook.experiment.verdict import BETTER, WORSE, Verdict

Said = Values | Sequence[Verdict] | str

RANGE = r"(?P<low>-?\d+(?:\.\d+)?) to (?P<high>-?\d+(?:\.\d+)?)"
AFTER = r"(?:, after (?P<after>\d+) steps)?"
FORMS = [
    re.compile(form + AFTER)
    for form in (
        r"(?P<a>.+) beats (?P<b>.+) in (?P<wins>\d+) of (?P<seeds>\d+) seeds,"
        rf" by {RANGE}(?: (?P<unit>[^,]+))?",
        r"(?P<a>.+) and (?P<b>.+) cannot be told apart"
        rf" \({RANGE}(?: (?P<unit>[^)]+))?\)",
        r"(?P<faster>.+) is faster, and (?P<b>.+) ends as good"
        rf" \(in {RANGE} % of the steps\)",
        r"no verdict on (?P<a>.+) and (?P<b>.+): the best setting of"
        r" (?P<edge>.+) is at the edge of its grid",
    )
]


# --8<-- [start:agrees]
def agrees(short: Said, long: Said) -> bool:
    """Whether all verdicts of two runs are the same, word for word.

    >>> short = "CNN beats dense in 5 of 5 seeds, by 1.9 to 2.6 points"
    >>> long = "CNN and dense cannot be told apart (-0.1 to 0.5 points)"
    >>> agrees(short, long), turns_round(short, long)
    (False, False)

    Args:
        short: a result, its verdicts, or what was printed.
        long: the same, of the same comparison.

    Raises:
        ValueError: if they do not speak of the same competitors.
    """
    return all(before == after for before, after in _changes(short, long))


def turns_round(short: Said, long: Said) -> bool:
    """Whether for some pair the winner of one run is the loser of the other.

    Raises:
        ValueError: if they do not speak of the same competitors.
    """
    return {BETTER, WORSE} in [set(words) for words in _changes(short, long)]
# --8<-- [end:agrees]


def verdicts_in(text: str) -> list[Verdict]:
    """The verdicts among the lines of a text, in order.

    >>> text = "A and B cannot be told apart (-1 to 2 cm), after 9 steps"
    >>> verdicts_in(text)[0].after
    9
    """
    return [verdict for line in text.splitlines() for verdict in _read(line)]


def _read(line: str) -> Iterator[Verdict]:
    """The verdict that a line is, if it is one."""
    for form in FORMS:
        if found := form.fullmatch(line.strip()):
            yield _verdict(found.groupdict(default=""))


def _verdict(said: dict[str, str]) -> Verdict:
    low, high = (float(said.get(end) or 0) for end in ("low", "high"))
    wins, seeds = (int(said.get(name) or 0) for name in ("wins", "seeds"))
    after = int(said["after"]) if said["after"] else None
    if faster := said.get("faster"):
        share = low / 100, high / 100
        return Verdict(
            faster, said["b"], 0, 0, faster=faster, share=share, after=after
        )
    unit, edge = said.get("unit", ""), said.get("edge", "")
    pair = said["a"], said["b"]
    return Verdict(
        *pair, low, high, wins, seeds=seeds, unit=unit, after=after, edge=edge
    )


def _changes(short, long) -> list[tuple[str, str]]:
    """For each pair that both speak of, the word before and after."""
    before, after = _verdicts(short), _verdicts(long)
    pairs = [[{v.a, v.b} for v in verdicts] for verdicts in (before, after)]
    if pairs[0] != pairs[1] or not before:
        raise ValueError(
            "both must speak of the same competitors in the same order, got"
            f" {[str(v) for v in before]} and {[str(v) for v in after]}"
        )
    return [
        (first.word, _word_for(first.a, second))
        for first, second in zip(before, after, strict=True)
        if not (first.faster or second.faster)
    ]


def _word_for(name: str, verdict: Verdict) -> str:
    """What this one of the two competitors is."""
    if name != verdict.a and verdict.word in (BETTER, WORSE):
        return WORSE if verdict.word == BETTER else BETTER
    return verdict.word


def _verdicts(said) -> list[Verdict]:
    if isinstance(said, str):
        return verdicts_in(said)
    return list(getattr(said, "verdicts", said))
