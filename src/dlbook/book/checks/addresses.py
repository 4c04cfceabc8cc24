"""Links that last: no address that readers have is lost."""

from collections.abc import Iterator

from dlbook.book.addresses import MovedError, moved, published, standing
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book


@check
def no_address_is_lost(book: Book) -> Iterator[Problem]:
    """Each section that a page has had stands there in all languages, or docs/moved.yml says where it went."""
    went = _moved(book)
    for number, (page, ids) in enumerate(published(book).items(), 2):
        for name in sorted({*ids} - standing(book, page) - {*went.get(page, {})}):
            what = f"{page}#{name} is gone: say in {book.relative(book.moved)} where it went"
            yield at(book, book.addresses, number, what)


@check
def what_has_moved_is_where_it_went(book: Book) -> Iterator[Problem]:
    """What docs/moved.yml names has left its page and stands where it says, in all languages."""
    try:
        went = moved(book)
    except MovedError as error:
        yield at(book, book.moved, 1, str(error))
        return
    for page, sections in went.items():
        for name, target in sections.items():
            there, _, section = target.partition("#")
            if section not in standing(book, there):
                yield at(book, book.moved, 1, f"{page}#{name} leads to {target}, which stands nowhere")
            if name in standing(book, page):
                yield at(book, book.moved, 1, f"{page}#{name} stands on its page still, so nobody is led to {target}")


def _moved(book: Book) -> dict[str, dict[str, str]]:
    try:
        return moved(book)
    except MovedError:
        return {}  # said by the other check
