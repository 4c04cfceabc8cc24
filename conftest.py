"""Loads the book's pytest plugin, after jaxtyping has had its chance to watch imports of `dlbook`."""

import hypothesis

pytest_plugins = ["dlbook.book.pytest_plugin"]

# A busy machine is slow, not wrong: no example fails for its time.
hypothesis.settings.register_profile("book", deadline=None)
hypothesis.settings.load_profile("book")
