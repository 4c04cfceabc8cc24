"""Exercises that answer: each check accepts what is right and names what is wrong; the command says each fault in a sentence."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from answers import Many

from dlbook import exercises
from dlbook._command import main
from dlbook.book import exercises as in_book
from dlbook.book.layout import Book
from dlbook.exercises._running import AnswerError, defined_in
from dlbook.exercises.checking import check_of
from dlbook.exercises.listed import all_exercises
from dlbook.training import registry

# Checks and answers are imported by their names, and only once: no test is seen to look at them.
pytestmark = pytest.mark.looks_at(
    "src/dlbook/**/*.py", "src/dlbook/exercises/exercises.toml", "tests/support/answers/*.py"
)

KEPT: dict[str, registry.Factory] = {}  # models that answers register: other tests know none of them


def set_aside() -> None:
    """Take out of the registry what answers have put there."""
    for name, factory in list(registry._FACTORIES.items()):
        if not factory.__module__.startswith("dlbook."):
            KEPT[name] = registry._FACTORIES.pop(name)


@pytest.fixture(autouse=True)
def models_of_answers():
    registry._FACTORIES.update(KEPT)
    yield
    set_aside()


CHECKED = [asked for chapter in all_exercises().values() for asked in chapter if asked.define]
BOOK = Book(Path(__file__).parents[1])
IDS = [f"{asked.chapter}-{asked.name}" for asked in CHECKED]


@pytest.fixture(autouse=True)
def _nothing_done_yet(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBOOK_HOME", str(tmp_path / "home"))


def answers(asked):
    return importlib.import_module(f"answers.{asked.module}").ANSWERS[asked.name]


def checked(asked, answer):
    given = answer if isinstance(answer, Many) else (answer,)
    return exercises.check(asked.chapter, asked.number, *given)


@pytest.mark.parametrize("asked", CHECKED, ids=IDS)
def test_right_answers_are_accepted(asked):
    right, _ = answers(asked)
    for answer in right:
        report = checked(asked, answer)
        assert report.right, report
        assert str(report).endswith(f"all {len(report.findings)} right")


@pytest.mark.parametrize("asked", CHECKED, ids=IDS)
def test_wrong_answers_are_refused_and_their_fault_is_named(asked):
    _, wrong = answers(asked)
    assert len(wrong) >= 2
    for answer, fault in wrong:
        report = checked(asked, answer)
        assert not report.right, (fault, report)
        assert fault in str(report), report


def test_no_exercise_is_checked_by_accident():
    """What is checked, and what is not, is a list of two: a check of each that has something to define, and no others."""
    for asked in CHECKED:
        assert callable(check_of(asked))
    names = {f"{asked.module}/{asked.name}" for asked in CHECKED}
    found = {
        f"{file.stem}/{name.removeprefix('check_')}"
        for file in (Path(exercises.__file__).parent / "_chapters").glob("*.py")
        for name in re.findall(r"^(?:def )?(check_\w+)", file.read_text("utf8"), re.M)
        if file.stem in {asked.module for asked in CHECKED}
    }
    assert found == names


BY_HAND = [asked for asked in CHECKED if hasattr(check_of(asked), "asked")]


@pytest.mark.parametrize("asked", BY_HAND, ids=lambda asked: asked.key)
def test_numbers_found_by_hand_are_not_told(asked):
    """What is said of a wrong one does not hold the right one."""
    for _, value, *slips in check_of(asked).asked:
        shown = f"{value:,}" if isinstance(value, int) else str(value)
        for said in slips[0].values() if slips else ():
            told = re.search(rf"(?<![\w.,]){re.escape(shown)}(?![\w,]|\.\d)", said)
            assert len(shown) < 3 or not told, (said, shown)


@pytest.mark.parametrize("language", BOOK.languages)
def test_cells_of_a_notebook_run_before_they_are_filled_in(language):
    """Each says that nothing is right yet; one after the other, as they share their names."""
    space = {}
    for asked in CHECKED:
        entry = in_book.listed(BOOK)[asked.chapter][asked.number - 1]
        code = in_book.cell("dlbook", asked.chapter, asked.number, entry, language)
        *above, ask = code.split("\n")
        assert ask.startswith(f'exercises.check("{asked.chapter}", {asked.number}, {asked.names[0]}')
        exec("\n".join([*above, f"report = {ask}"]), space)
        assert not space["report"].right, asked


def test_unfilled_cells_of_a_notebook_say_what_is_missing():
    assert "(None)" in str(exercises.check("convolution", 3, lambda image: ...))
    assert "nothing is written yet" in str(exercises.check("convolution", 1, None))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("convolutoin", 3), "did you mean convolution?"),
        (("nothing", 3), "see: dlbook exercises"),
        (("convolution", 9), "exercises 1 to 5, none has the number 9"),
        (("convolution", True), "none has the number True"),
        (("attention", 2), "asks for a thought"),
        (("rnn", 4), "asks for an experiment"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_a_sentence(given, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        exercises.check(*given, None)


def test_as_many_answers_are_asked_for_as_names():
    with pytest.raises(ValueError, match=r"asks for column, row: 2 to check, got 1"):
        exercises.check("convolution", 4, [1, 2, 1])


def test_an_error_of_the_readers_code_is_told_with_its_line():
    def blur(image):
        return image.sideways()

    report = str(exercises.check("convolution", 3, blur))
    line = blur.__code__.co_firstlineno + 1
    assert f"AttributeError in line {line}: 'Tensor' object has no attribute 'sideways'" in report


RIGHT = """
import torch
from torch.nn.functional import conv2d, pad

print("this is mine")


def blur(image):
    return conv2d(pad(image, [1] * 4, mode="reflect"), torch.ones(1, 1, 3, 3) / 9)
"""


def test_a_right_file_is_told_so_and_noted_as_done(tmp_path, run):
    (tmp_path / "mine.py").write_text(RIGHT)
    status, said, complaint = run("check", "convolution", "3", "mine.py")
    assert (status, complaint) == (0, "")
    assert said.startswith("this is mine\nconvolution 3, A white rim\n  right  an all-white image")
    _, lines, _ = run("exercises", "convolution")
    assert re.search(r"3 done A white rim +define blur\(image\)", lines)
    assert re.search(r"4      A kernel in two", lines)


def test_a_wrong_file_is_told_what_is_wrong(tmp_path, run):
    (tmp_path / "mine.py").write_text(RIGHT.replace('mode="reflect"', "value=0.0"))
    status, said, _ = run("check", "convolution", "3", "mine.py")
    assert status == 1
    assert "Met 0.4444 at [0, 0, 0, 0]. It looks as if zeros are averaged in at the rim." in said


def test_a_loop_without_an_end_is_stopped(tmp_path, run):
    (tmp_path / "mine.py").write_text("while True:\n    pass\n")
    status, _, complaint = run("check", "convolution", "3", "mine.py", "--limit", "3")
    assert status == 2
    assert (
        complaint
        == "dlbook: mine.py has not ended in 3 seconds: is there a loop without an end? (--limit gives it more time)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "convolution", "three", "mine.py"), "an exercise has a number, got 'three'"),
        (("check", "convolutoin", "three", "mine.py"), "did you mean convolution?"),
        (("check", "convolution", "7", "mine.py"), "none has the number 7"),
        (("check", "convolution", "3", "yours.py"), "there is no file yours.py"),
        (("exercises", "nothing"), "no chapter 'nothing' has exercises"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path, run, arguments, said):
    (tmp_path / "mine.py").write_text(RIGHT)
    status, printed, complaint = run(*arguments)
    assert (status, printed, complaint.count("\n")) == (2, "", 1)
    assert complaint.startswith("dlbook: ")
    assert said in complaint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def blur(image:\n", "mine.py, line 1: "),
        ("x = 1\n1 / 0\n", "mine.py, line 2: ZeroDivisionError: division by zero"),
        ("def blurred(image):\n    return image\n", "mine.py defines no blur; this exercise asks for blur(image)"),
        ("raise SystemExit(3)\n", "mine.py, line 1: SystemExit: 3"),
        ("x = '\\0'\n".replace("\\0", "\0"), "mine.py"),
        ("# coding: nothing\n", "mine.py: unknown encoding"),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_in_a_sentence(tmp_path, monkeypatch, text, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    Path("mine.py").write_text(text)
    with pytest.raises(AnswerError) as refused:
        defined_in(Path("mine.py"), exercises.exercise("convolution", 3))
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_the_list_is_there_without_torch(tmp_path):
    code = (
        "import sys\nfrom dlbook._command import main\n"
        "try:\n    main(['exercises'])\nexcept SystemExit:\n    pass\nprint('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *lines, loaded = done.stdout.splitlines()
    assert loaded == "False"
    assert sum(line.startswith("  ") for line in lines) == sum(map(len, all_exercises().values()))
    assert re.search(r"2      Equivariant, or convolutions +define equivariant, convolutions", done.stdout)
    assert re.search(r"4      The forget bias +\(experiment\)", done.stdout)


def test_the_other_commands_are_there_as_before(run):
    status, said, _ = run("models")
    assert status == 0
    assert "lenet" in said
    _, said, _ = run("--help")
    assert re.search(r"exercises +List the exercises", said)
    assert re.search(r"check +Check your answer", said)
    assert re.search(r"train +Train a model", said)


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Run the command in an empty folder; its status, what it prints and what it complains of."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        printed, complained = capfd.readouterr()
        return end.value.code or 0, printed, complained

    return command
