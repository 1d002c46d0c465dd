"""The command line: which command is meant, its help, and how an error is told."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from kiosk.cli.main import COMMANDS, guarded, main, module_name, parse, split_command
from kiosk.cli.options import TAKES_A_VALUE, launch_options
from kiosk.core.wording import Level
from kiosk.errors import StartupError
from kiosk.fallback_messages import NO_OUTPUT
from kiosk.site.request import LaunchOptions
from tests.support.library.small_tree import Tree
from tests.support.prebuilt_pack import ROOT, shipped_pack, with_prebuilt_pack


@pytest.mark.parametrize(
    ("arguments", "name", "rest"),
    [
        ([], "run", []),
        (["--unattended"], "run", ["--unattended"]),
        (["read", "x"], "read", ["x"]),
        (["--content", "x", "read"], "read", ["--content", "x"]),
        (["--content=x", "--ascii", "read", "--width", "40"], "read",
         ["--content=x", "--ascii", "--width", "40"]),
        (["--content", "read"], "run", ["--content", "read"]),
        (["--theme", "run", "--topic", "check"], "run", ["--theme", "run", "--topic", "check"]),
        (["--help"], "--help", []),
        (["-c", "kiosk check; sh"], "run", []),
        (["attend"], "attend", []),
    ],
)  # fmt: skip
def test_the_command_is_found(arguments: list[str], name: str, rest: list[str]) -> None:
    assert split_command(arguments) == (name, rest)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "attach"])
def test_every_command_says_what_each_argument_is(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[argparse.Action] = []
    add = argparse.ArgumentParser.add_argument

    def noted(self: argparse.ArgumentParser, *names: str, **more: object) -> argparse.Action:
        added.append(add(self, *names, **more))  # type: ignore[arg-type]
        return added[-1]

    monkeypatch.setattr(argparse.ArgumentParser, "add_argument", noted)
    with pytest.raises(SystemExit) as ended:
        parse(name, ["--help"])
    assert ended.value.code == 0
    assert all(action.help for action in added)
    assert f"kiosk {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["run", "build", "read"])
def test_help_that_cannot_be_written_is_an_error(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main([name, "--help"]) == 1
    assert capsys.readouterr().err == f"{NO_OUTPUT}\n"


def test_options_that_take_a_value_are_known_before_the_command_is() -> None:
    parser = argparse.ArgumentParser()
    for name in ("run", "read"):
        module = import_module(module_name(name))
        parser = argparse.ArgumentParser(conflict_handler="resolve")
        module.add_arguments(parser)
        taking = {
            option
            for action in parser._actions
            for option in action.option_strings
            if action.nargs is None
        }
        assert taking <= TAKES_A_VALUE


def test_help_groups_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    visitors, rest = out.split("For visitors:")[1].split("For authors")
    assert "read" in visitors
    assert "serve" in rest
    assert all(len(line) <= 80 for line in out.splitlines())


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert 'Did you mean "check"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StartupError("It is so."), "It is so.\n"),
        (StartupError("a\x1b[2J"), "a<U+001B>[2J\n"),
        (PermissionError(13, "Permission denied", "/a/b"), "/a/b: Permission denied.\n"),
    ],
)
def test_an_error_is_one_sentence(
    error: Exception, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> int:
        raise error

    assert guarded(fails) == 1
    assert capsys.readouterr().err == words


def test_launch_options_arrive_at_the_fork_server() -> None:
    options = launch_options(
        parse("run", ["a.pack", "--level", "plain", "--topic", "t", "--ascii"])
    )
    assert options == LaunchOptions(Path("a.pack"), level=Level.PLAIN, topic="t", ascii_only=True)
    sent = LaunchOptions.from_json(options.to_json())
    assert sent.content == Path("a.pack").absolute()
    assert (sent.level, sent.topic, sent.ascii_only) == (Level.PLAIN, "t", True)
    assert LaunchOptions.from_json({}) == LaunchOptions()


COMMAND_LINES = (
    ["--help"], ["--version"], ["check", "{tree}"], ["doctor"], ["pack", "info", "{pack}"],
    ["ask", "--json", "{pack}", "{questions}"], ["ask", "--rank", "{pack}", "{questions}"],
    ["read", "{pack}"],
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    questions = folder / "q.jsonl"
    with_prebuilt_pack({"XDG_CACHE_HOME": str(folder)})
    questions.write_text('{"id": "1", "question": "is there a test"}\n')
    return {
        "cache": folder,
        "pack": shipped_pack(),
        "questions": questions,
        "tree": Tree(folder / "content").root,
    }


@pytest.mark.slow
@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written_is_one_sentence_and_a_status(
    arguments: list[str], redirection: str, files: dict[str, Path]
) -> None:
    words = [part.format(**files) for part in arguments]
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "kiosk", *words],
        capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
        env={"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(files["cache"])},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("command", ["run", "pack", "pack install", "serve"])
def test_help_of_a_command_that_cannot_be_written_is_one_sentence_and_a_status(
    command: str,
) -> None:
    done = subprocess.run(
        f"{sys.executable} -m kiosk {command} --help >/dev/full", shell=True, cwd=ROOT, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
