"""Exercises that answer: each check accepts what is right and names what is wrong; the command says each fault in a sentence."""

import importlib

import pytest
from answers import Many

from dlbook import exercises
from dlbook.exercises.listed import all_exercises

CHECKED = [asked for chapter in all_exercises().values() for asked in chapter if asked.define]
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
