"""What visitors typed over SSH is in the memory of no process after they have left."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.serve.memory_wiping import is_wiped_when_freed, wiping_command, wiping_environment
from kiosk.system.processes import python_command
from tests.support.shipped import ROOT
from tests.support.terminal.kiosk_server import SshEndpoint
from tests.support.terminal.openssh_server import SSH_SERVERS
from tests.support.terminal.unattended import is_in_memory

pytestmark = pytest.mark.skipif(not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh")
LINES, KEYS, PASTED = "zebra quinine", "umbrella octagon", "violin turnip"


def holders(endpoint: SshEndpoint, words: str) -> list[int]:
    """Return the processes of the server that have the words, in any width of a character."""
    codes = [words.encode(name) for name in ("utf-8", "utf-16-le", "utf-32-le")]
    return [
        pid for pid in endpoint.server.process_tree()
        if any(is_in_memory(pid, code) for code in codes)
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["own", "sshd"])
def test_what_was_typed_over_ssh_is_in_no_process_after_the_visit(
    tmp_path: Path, kind: str
) -> None:
    with SSH_SERVERS[kind](tmp_path) as endpoint:
        typed = f"1\n1\nquestion\n{LINES}\nstop\n".encode()
        ran = subprocess.run(endpoint.command("-T"), input=typed, capture_output=True, check=False)
        assert LINES.encode() in ran.stdout
        with endpoint.visitor() as kiosk:
            kiosk.to_first_step()
            kiosk.press("k")
            kiosk.settle()
            for key in KEYS:
                kiosk.send(key)
                time.sleep(0.02)
            kiosk.send(f"\x1b[200~{PASTED}\x1b[201~")
            kiosk.until(lambda text: KEYS + PASTED in text, "the words")
            assert holders(endpoint, PASTED)  # the search finds what is there
            kiosk.press("\r")
            kiosk.settle()
        endpoint.server.wait_for_status(sessions=0)
        time.sleep(0.5)
        for words in (LINES, KEYS, PASTED, *LINES.split(), *KEYS.split(), *PASTED.split()):
            assert holders(endpoint, words) == []


def test_a_process_of_these_variables_wipes_what_it_frees() -> None:
    assert not is_wiped_when_freed()  # as the test process runs, it does not: the check can fail
    command = python_command("tests.e2e.test_words_in_memory", "")
    done = subprocess.run(
        wiping_command(command), cwd=ROOT, check=False, env=wiping_environment({"PATH": "/bin"})
    )
    assert done.returncode == 0


def main(_: str) -> None:
    """Exit with 0 if this process wipes what it frees."""
    sys.exit(not is_wiped_when_freed())
