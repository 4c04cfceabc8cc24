"""What a check finds out: one property of an answer after the other."""

from dataclasses import dataclass
from typing import NamedTuple

from dlbook.exercises.listed import Exercise


class Property(NamedTuple):
    """Whether one property holds.

    Attributes:
        law: the property, in words of the chapter.
        ok: whether it holds.
        met: what was met instead; empty if it holds.
    """

    law: str
    ok: bool
    met: str = ""


@dataclass(frozen=True)
class Report:
    """What was found out about an answer; shown as text."""

    exercise: Exercise
    findings: tuple[Property, ...]

    @property
    def right(self) -> bool:
        """Whether every property holds."""
        return all(finding.ok for finding in self.findings)

    def __str__(self) -> str:
        asked, bad = self.exercise, sum(not f.ok for f in self.findings)
        head = f"{asked.chapter} {asked.number}, {asked.title}"
        many = len(self.findings)
        end = f"{bad} of {many} wrong" if bad else f"all {many} right"
        return "\n".join([head, *map(_told, self.findings), end])

    __repr__ = __str__


def _told(finding: Property) -> str:
    if finding.ok:
        return f"  right  {finding.law}"
    return f"  WRONG  {finding.law}\n         {finding.met}"
