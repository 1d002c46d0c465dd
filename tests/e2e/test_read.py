"""`kiosk read` as a process: through a pipe, and in a real terminal that moves no cursor."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.core.gated_terms import gated_terms
from tests.support.prebuilt_pack import shipped_pack, with_prebuilt_pack
from tests.support.shipped import ROOT
from tests.support.terminal.terminal import Terminal

TO_THE_CAUTIONS = ["start", "easy", "steps", "9", "1"]
OPEN = "You have read all the cautions"
GOODBYE = "clear it or close the window.\n"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", "read", *arguments]


def environment(cache: Path, **more: str) -> dict[str, str]:
    return with_prebuilt_pack({
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), **more,
    })  # fmt: skip


def piped(typed: bytes, cache: Path, *arguments: str, **more: str) -> bytes:
    done = subprocess.run(
        command(*arguments), input=typed, capture_output=True, timeout=120,
        env=environment(cache, **more), cwd=cache,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout


def lines(*typed: str) -> bytes:
    return "".join(f"{line}\n" for line in typed).encode()


@pytest.mark.representative
def test_a_visit_through_a_pipe_is_plain_text_and_ends_with_its_input(tmp_path: Path) -> None:
    output = piped(lines("start", "easy", "next", "sources"), tmp_path)
    assert output.endswith(GOODBYE.encode())
    assert all(byte == 0x0A or 0x20 <= byte < 0x7F for byte in output)
    assert b"> sources\n" in output
    assert not [line for line in output.split(b"\n") if line != line.rstrip()]


def test_lines_are_decoded_as_the_terminal_encodes_them(tmp_path: Path) -> None:
    typed = lines("start", "easy", "question").decode() + "me tragué un vaso de lejía ayer\n"
    output = piped(typed.encode("iso8859-1"), tmp_path, PYTHONIOENCODING="iso8859-1")
    assert b"me trague un vaso de lejia" in output.replace(b"\n", b" ")


def test_output_is_ascii_and_of_the_requested_width(tmp_path: Path) -> None:
    output = piped(
        lines("start", "health", "steps", "17", "Étape"), tmp_path, "--ascii", "--width", "40"
    )
    assert output.isascii()
    assert max(map(len, output.split(b"\n"))) <= 40
    assert b"> Etape\n" in output
    in_c = piped(lines("é"), tmp_path, PYTHONIOENCODING="ascii")
    assert in_c.isascii()


def test_an_endless_stream_of_answers_passes_no_caution(tmp_path: Path) -> None:
    typed = lines(*TO_THE_CAUTIONS).decode()
    shell = f"(printf '{typed!s}'; yes 1) | {' '.join(command())}".replace("\n", "\\n")
    done = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, text=True, timeout=120, cwd=tmp_path,
        env=environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0
    assert "Caution 1 of 4" in done.stdout
    assert "Caution 2 of 4" not in done.stdout
    assert "Too much was typed at once" in done.stdout
    assert not gated_terms().search(done.stdout.casefold())


def test_a_reader_that_closes_its_pipe_causes_no_crash(tmp_path: Path) -> None:
    shell = f"(printf 'start\\neasy\\n'; yes next) | {' '.join(command())} | head -3"
    done = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, text=True, timeout=60, cwd=tmp_path,
        env=environment(tmp_path),
    )  # fmt: skip
    assert done.stdout.count("\n") == 3
    assert "Traceback" not in done.stderr


def test_textual_is_not_imported(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['kiosk', 'read']; from kiosk.__main__ import main; main(); "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('textual', 'rich', 'pydantic', 'tomli')))"
    )

    pack = tmp_path / "shipped.pack"
    shutil.copy(shipped_pack(), pack)
    done = subprocess.run(
        [sys.executable, "-c", program.replace("'read'", f"'read', {str(pack)!r}")],
        input="start\n", capture_output=True, text=True, env=environment(tmp_path), check=True,
    )  # fmt: skip
    assert done.stdout.endswith("[]\n")
    assert "Which best describes you?" in done.stdout


@pytest.fixture(scope="module")
def dumb_terminal_output(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The output of a whole visit with TERM=dumb; each line is typed after its prompt."""
    cache = tmp_path_factory.mktemp("cache")
    with Terminal(TERM="dumb", XDG_CACHE_HOME=str(cache), size=(80, 24)) as kiosk:
        for typed in [*TO_THE_CAUTIONS, *"1111", *["next"] * 11, "stop"]:
            wait_for_prompt(kiosk)
            kiosk.press(f"{typed}\r")
        assert kiosk.leave() == 0
        return kiosk.raw


def wait_for_prompt(kiosk: Terminal) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        kiosk.settle(0.05)
        if kiosk.raw.endswith(b"\n> "):
            return
    raise AssertionError(f"no prompt after {kiosk.raw[-500:]!r}")


def to_first_caution(kiosk: Terminal) -> None:
    """Type each line after its prompt, until the first caution is printed."""
    for typed in TO_THE_CAUTIONS:
        wait_for_prompt(kiosk)
        kiosk.press(f"{typed}\r")
    kiosk.wait("I have read this")


def test_a_whole_visit_in_a_dumb_terminal(dumb_terminal_output: bytes) -> None:
    output = dumb_terminal_output.decode().replace("\r\n", "\n")
    assert OPEN in output
    unwrapped = output.replace("\n", " ")
    assert output.index(OPEN) < unwrapped.index("25 to 40 milligrams")
    assert not gated_terms().search(output[: output.index(OPEN)].casefold())
    assert output.endswith(GOODBYE)


def test_a_terminal_is_sent_no_byte_below_a_space_but_newlines(dumb_terminal_output: bytes) -> None:
    sent = dumb_terminal_output.replace(b"\r\n", b"\n")  # the terminal's own line end
    assert all(byte == 0x0A or 0x20 <= byte < 0x7F for byte in sent)


def test_input_typed_while_a_caution_is_printed_is_dropped(tmp_path: Path) -> None:
    with Terminal("read", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        to_first_caution(kiosk)
        kiosk.press("1\r1\r1")
        wait_for_prompt(kiosk)
        assert "Caution 2 of 4" not in kiosk.text
        kiosk.press("\r")
        kiosk.wait("Please type one of these.")
        assert "Caution 2 of 4" not in kiosk.text


def test_an_interrupt_asks_once_and_then_ends(tmp_path: Path) -> None:
    with Terminal("read", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        wait_for_prompt(kiosk)
        kiosk.press("\x03")
        kiosk.wait("To end the visit, press Ctrl+C again")
        kiosk.press("start\r")
        kiosk.wait("Which best describes you?")
        kiosk.press("\x03")
        kiosk.settle()
        kiosk.press("\x03")
        assert kiosk.leave() == 0
        assert "Goodbye." in kiosk.text


def test_two_interrupts_during_a_caution_end_the_visit(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(tmp_path),
        cwd=tmp_path,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(lines(*TO_THE_CAUTIONS))
    process.stdin.flush()
    output = b""
    while b"I have read this" not in output:
        got = os.read(process.stdout.fileno(), 65536)
        assert got, output
        output += got
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    output += process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert output.endswith(GOODBYE.encode())
    assert len(re.findall(b"press Ctrl\\+C", output)) == 1


def test_half_a_line_typed_too_early_is_dropped_whole(tmp_path: Path) -> None:
    with Terminal("read", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        to_first_caution(kiosk)
        kiosk.press("I have not ")
        wait_for_prompt(kiosk)
        assert "I have not" not in kiosk.text
        assert "Then wait 3 seconds, and answer once." in kiosk.text
        kiosk.press("I have read this\r")
        kiosk.wait("Caution 2 of 4")


@pytest.mark.parametrize("key", ["\x1a", "\x1c"])
def test_ctrl_z_and_ctrl_backslash_do_nothing(key: str, tmp_path: Path) -> None:
    with Terminal("read", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        wait_for_prompt(kiosk)
        kiosk.press(key)
        kiosk.settle(0.3)
        kiosk.press("start\r")
        kiosk.wait("Which best describes you?")


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">/dev/full"])
def test_closed_or_full_standard_streams_cause_no_traceback(closed: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"echo start | {' '.join(command())} {closed}"],
        capture_output=True, text=True, timeout=60, cwd=tmp_path, env=environment(tmp_path),
    )  # fmt: skip
    assert "Traceback" not in done.stderr
