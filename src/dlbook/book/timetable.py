"""A time table for a course: `python -m dlbook.book.timetable 15 [--language en]`, as a table in Markdown.

The chapters stay in their order, which their prerequisites allow. They are shared out among the sessions so that the longest is
as short as it can be; the times are those of reading, counted. Exercises come on top, and are worth as much again.
"""

import argparse
import sys
from collections.abc import Sequence

from dlbook.book import generated, phrases, reading
from dlbook.book.generated import Chapter
from dlbook.book.layout import NoBookError, book_here


def sessions(chapters: Sequence[Chapter], number: int) -> list[list[Chapter]]:
    """The chapters in order, cut into so many sessions that none lasts longer than it must.

    Raises:
        ValueError: there are fewer chapters than sessions, or no session.
    """
    if not 1 <= number <= len(chapters):
        raise ValueError(f"{len(chapters)} chapters make 1 to {len(chapters)} sessions, got {number}")
    longest = max(chapter.minutes for chapter in chapters)
    while len(_filled(chapters, longest)) > number:
        longest += 1
    made = _filled(chapters, longest)
    while len(made) < number:  # there is time left: the longest of those that can be parted is
        whole = max((each for each in made if len(each) > 1), key=_minutes)
        at, (first, second) = made.index(whole), _halves(whole)
        made[at : at + 1] = [first, second]
    return made


def _filled(chapters: Sequence[Chapter], most: int) -> list[list[Chapter]]:
    """As few sessions as do, if none may last longer than `most` minutes."""
    made: list[list[Chapter]] = [[]]
    for chapter in chapters:
        if made[-1] and _minutes(made[-1]) + chapter.minutes > most:
            made.append([])
        made[-1].append(chapter)
    return made


def _halves(session: list[Chapter]) -> tuple[list[Chapter], list[Chapter]]:
    """A session as two, as evenly as its chapters allow."""
    return min(
        ((session[:at], session[at:]) for at in range(1, len(session))), key=lambda pair: max(map(_minutes, pair))
    )


def _minutes(session: Sequence[Chapter]) -> int:
    return sum(chapter.minutes for chapter in session)


def table(made: Sequence[Sequence[Chapter]], language: str) -> str:
    """The table: a row for each session, with its number, its chapters, and how long they take to read."""
    words = phrases.of(language)
    heads = " | ".join(words["timetable"].split("|"))
    rows = [
        f"| {number} | {words['comma'].join(each.title for each in session)} | {reading.duration(_minutes(session), words)} |"
        for number, session in enumerate(made, 1)
    ]
    return "\n".join([f"| {heads} |", "| --- | --- | --- |", *rows])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sessions", type=int, help="how many the course has")
    parser.add_argument("--language", default="", help="that of the pages; the first, if none is named")
    parser.add_argument("--section", action="append", default=[], help="only this part of the nav: 'Day 1' (may be repeated)")
    options = parser.parse_args()
    try:
        book = book_here()
        language = options.language or book.first
        if language not in book.languages:
            parser.error(f"--language {language}: this book has {', '.join(book.languages)}")
        known = [chapter for chapter in generated.timed(book, language) if "/" not in chapter.name]
        parts = list(dict.fromkeys(chapter.section for chapter in known))
        if unknown := [name for name in options.section if name not in parts]:
            parser.error(f"--section {unknown[0]}: the nav has {', '.join(parts)}")
        taken = [chapter for chapter in known if not options.section or chapter.section in options.section]
        print(table(sessions(taken, options.sessions), language))
    except (NoBookError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
