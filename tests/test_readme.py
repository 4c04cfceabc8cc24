"""What the READMEs promise: their commands exist and do what they are said to do."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.looks_at("README*.md", "Makefile", "src/dlbook/book/**/*.py", "pyproject.toml")
ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh.md"]


def command_lines(name):
    """The lines of the README's console blocks and the commands of its table."""
    text = (ROOT / name).read_text("utf8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    return [line for block in blocks for line in block.splitlines()] + re.findall(
        r"^\| `((?:mkdocs|python|pytest)[^`]*)`", text, re.M
    )


def test_both_languages_name_the_same_commands():
    assert command_lines("README.md") == command_lines("README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_commands_are_serve_and_test(name):
    assert command_lines(name)[:2] == ["make serve", "make test"]


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
@pytest.mark.parametrize(
    "target", ["help", "serve", "test", "check", "record", "chapter", "lint", "build", "offline", "pdf", "epub"]
)
def test_make_targets_exist(target):
    plan = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert plan.returncode == 0, plan.stderr
    if target in ("serve", "build", "check", "chapter"):
        assert f"-m dlbook.book.{target}" in plan.stdout


@pytest.mark.parametrize(
    "command", [line for line in command_lines("README.md") if line.startswith("python -m dlbook")]
)
def test_the_modules_named_can_be_run(command):
    done = subprocess.run([sys.executable, *command.split()[1:], "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout


def test_the_options_named_exist():
    usage = subprocess.run([sys.executable, "-m", "pytest", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    for option in re.findall(r"pytest (?:docs )?(--[\w-]+)", "\n".join(command_lines("README.md"))):
        assert option in usage


@pytest.mark.parametrize("name", READMES)
def test_links_lead_to_files(name):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text("utf8")):
        assert (ROOT / target).exists(), target


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_make_help_names_every_target_and_record_takes_a_page():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.M)
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^make (\w+)", said, re.M) == targets
    plan = subprocess.run(["make", "-n", "record", "PAGE=lrn"], cwd=ROOT, capture_output=True, text=True).stdout
    assert "pytest docs/en/lrn.md docs/zh/lrn.md --record" in plan
    wrong = subprocess.run(["make", "-n", "record", "PAGE=lnr"], cwd=ROOT, capture_output=True, text=True)
    assert "no page docs/*/lnr.md" in wrong.stderr


def test_the_commands_that_train_do_what_is_said(tmp_path, monkeypatch, capsys):
    """Each in turn, as it stands there, with fewer epochs; from a folder that holds what a reader is said to have."""
    from dlbook.training.command import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DLBOOK_DEVICE", "cpu")
    monkeypatch.delitem(sys.modules, "mine", raising=False)  # a listing has a module of the same name
    Image.new("L", (60, 60), 200).save("shirt.png")
    for name, grey in (("dark", 20), ("light", 220)):
        Path("photos", name).mkdir(parents=True)
        for number in range(12):
            picture = Image.new("L", (8, 8), grey)
            picture.putpixel((number % 8, number // 8), 128)
            picture.save(Path("photos", name, f"{number}.png"))
    Path("mine.py").write_text(
        "from torch import nn\n\ndef net(classes):\n    return nn.Sequential(nn.Flatten(), nn.Linear(64, classes))\n"
    )
    lines = [shlex.split(line)[1:] for line in command_lines("README.md") if line.startswith("dlbook")]
    assert [line[0] for line in lines] == ["train", "test", "predict", "doctor", "train"]
    for line in lines:
        few = [*line, "--epochs", "0.1"] if line[0] == "train" else line
        with pytest.raises(SystemExit) as end:
            main(few)
        printed, complained = capsys.readouterr()
        assert (end.value.code or 0, complained) == (0, ""), complained
        assert printed
    folder = Path("runs/clothes")
    assert {path.name for path in folder.iterdir()} >= {"config.json", "metrics.jsonl", "curves.svg"}
    monkeypatch.delitem(sys.modules, "mine")
