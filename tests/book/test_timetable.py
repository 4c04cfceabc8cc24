"""A time table keeps the order of the chapters, and no session of it lasts longer than it must."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from dlbook.book.generated import Chapter
from dlbook.book.timetable import sessions, table

TIMES = [40, 35, 30, 25, 50, 40, 50, 5]
CHAPTERS = [Chapter(f"c{at}", f"C{at}", "Day", minutes=minutes) for at, minutes in enumerate(TIMES)]
ROOT = Path(__file__).parents[2]


def lasting(made):
    return [sum(chapter.minutes for chapter in session) for session in made]


@pytest.mark.parametrize("number", range(1, len(CHAPTERS) + 1))
def test_no_other_way_to_cut_the_chapters_has_a_shorter_longest_session(number):
    made = sessions(CHAPTERS, number)
    assert len(made) == number
    assert [chapter for session in made for chapter in session] == CHAPTERS
    assert all(made)
    cuts = itertools.combinations(range(1, len(TIMES)), number - 1)
    ways = ([0, *cut, len(TIMES)] for cut in cuts)
    assert max(lasting(made)) == min(max(sum(TIMES[a:b]) for a, b in itertools.pairwise(way)) for way in ways)


@pytest.mark.parametrize("number", [0, 9, -1])
def test_more_sessions_than_chapters_are_refused(number):
    with pytest.raises(ValueError, match=f"8 chapters make 1 to 8 sessions, got {number}"):
        sessions(CHAPTERS, number)


@pytest.mark.parametrize(
    ("language", "row"), [("en", "| 1 | C0, C1 | 1\u00a0h 15\u00a0min |"), ("zh", "| 1 | C0、C1 | 1 小时 15 分钟 |")]
)
def test_a_table_is_in_the_language_of_its_course(language, row):
    head, rule, first = table([CHAPTERS[:2]], language).split("\n")
    assert head.count("|") == rule.count("|") == 4
    assert first.replace("\u00a0", " ") == row.replace("\u00a0", " ")


def test_the_command_names_what_it_does_not_know():
    command = [sys.executable, "-m", "dlbook.book.timetable", "3", "--section", "Day 99"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf8")
    assert "--section Day 99: the nav has Day 1, " in done.stderr
