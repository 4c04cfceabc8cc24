"""What the command `dlbook` says. Not in a conftest: what stands there is behind every test, and all of it runs again."""

from collections.abc import Callable

import pytest

from dlbook.training.command import main


@pytest.fixture
def say(capsys) -> Callable[..., tuple[str, str, int]]:
    """What the command prints, what it complains, and its status."""

    def run(*words: object) -> tuple[str, str, int]:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        printed, complained = capsys.readouterr()
        return printed, complained, end.value.code or 0

    return run
