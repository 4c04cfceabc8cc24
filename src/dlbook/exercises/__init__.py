"""Exercises that answer: run yours, and read what is right and what is not.

    from dlbook import exercises
    exercises.check("convolution", 3, blur)

The same from a terminal: `dlbook exercises` lists them, and
`dlbook check convolution 3 mine.py` checks a file. Nothing leaves the
machine, and no check shows a solution. Importing this loads no torch.
"""

from dlbook.exercises.checking import check
from dlbook.exercises.findings import Property, Report
from dlbook.exercises.listed import Exercise, all_exercises, exercise

__all__ = [
    "Exercise", "Property", "Report", "all_exercises", "check", "exercise",
]
