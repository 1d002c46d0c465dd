"""What is claimed of a house: how soon a terminal that is handed over is painted, and its cost."""

from __future__ import annotations

import array
import os
import pty
import re
import select
import socket
import statistics
import time
from pathlib import Path

import pytest

from kiosk.library.build import build_pack
from tests.bench.test_speed import BLANK, start
from tests.blackbox.housed import Housed
from tests.blackbox.unattended import parent, processes
from tests.shipped import CONTENT, ROOT, THEMES

pytestmark = pytest.mark.second_tier
LAST = b"Quit"
"""The last words of the first page."""
RUNS = 15


class HandedOver:
    """A terminal handed over as `kiosk attach` does, without the cost of starting it."""

    def __init__(self, house: Housed) -> None:
        self.fd, theirs = pty.openpty()
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.connect(str(house.path))
        began = time.perf_counter()
        rights = array.array("i", [theirs, theirs])
        told = [b"attach\n80\n24\nxterm-256color\n\n"]
        self.line.sendmsg(told, [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        self.read_to(LAST)
        self.took = (time.perf_counter() - began) * 1000
        os.close(theirs)

    def read_to(self, marker: bytes) -> None:
        seen = b""
        while marker not in seen:
            ready, _, _ = select.select([self.fd], [], [], 20)
            assert ready, seen
            seen += os.read(self.fd, 65536)

    def press(self, key: bytes) -> None:
        os.write(self.fd, key)
        while select.select([self.fd], [], [], 0.03)[0]:
            os.read(self.fd, 65536)

    def leave(self) -> None:
        self.line.close()
        os.close(self.fd)


def rollup(pid: int, *keys: str) -> float:
    """MiB of a process, by the names of proc_pid_smaps(5)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = [re.search(rf"^{key}:\s+(\d+)", told, re.MULTILINE) for key in keys]
    return sum(int(one[1]) for one in found if one) / 1024


def own(pid: int) -> float:
    return rollup(pid, "Private_Clean", "Private_Dirty")


def forked(house: Housed) -> set[int]:
    (factory,) = house.factories()
    return {pid for pid in processes() if parent(pid) == factory}


def pack_in(folder: Path) -> Path:
    pack = folder / "bench.pack"
    build_pack(CONTENT, THEMES, pack)
    return pack


def test_attach_paints_in_a_fraction_of_a_blank_app(tmp_path: Path) -> None:
    pack = pack_in(tmp_path)
    (tmp_path / "blank.py").write_text(BLANK)
    with Housed(tmp_path, "--content", str(pack)) as house:
        attach = ["-m", "kiosk", "attach", "--socket", str(house.path)]
        bare = ["-I", "-S", str(ROOT / "kiosk/serve/attach.py"), "--socket", str(house.path)]
        names = ("attach", "attach.py", "blank", "fresh", "handed over")
        took: dict[str, list[float]] = {name: [] for name in names}
        for run in range(RUNS + 1):
            for name, command, marker in (
                ("attach", attach, LAST),
                ("attach.py", bare, LAST),
                ("blank", [str(tmp_path / "blank.py")], b"blank-app"),
                ("fresh", ["-m", "kiosk", "run", "--content", str(pack)], LAST),
            ):
                time.sleep(0.5)  # another visit is forked meanwhile
                one = start(command, marker, tmp_path)[0]
                took[name] += [one] if run else []
            time.sleep(0.3)
            handed = HandedOver(house)
            took["handed over"] += [handed.took] if run else []
            handed.leave()
            time.sleep(0.7)
    middle = {name: statistics.median(each) for name, each in took.items()}
    print("\nms to the first page: " + ", ".join(f"{n} {m:.1f}" for n, m in middle.items()))
    print(f"attach / blank: {middle['attach'] / middle['blank']:.2f}; "
          f"attach.py / blank: {middle['attach.py'] / middle['blank']:.2f}; "
          f"handed over / fresh: {middle['handed over'] / middle['fresh']:.3f}")  # fmt: skip
    assert middle["attach.py"] <= 0.15 * middle["blank"]
    assert middle["attach"] <= 0.25 * middle["blank"]
    assert middle["handed over"] <= middle["fresh"] / 8


def test_a_burst_of_a_hundred(tmp_path: Path) -> None:
    with Housed(tmp_path, "--content", str(pack_in(tmp_path))) as house:
        first, terminals = time.perf_counter(), []
        for _ in range(100):
            ours, theirs = pty.openpty()
            line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            line.connect(str(house.path))
            rights = array.array("i", [theirs, theirs])
            told = [b"attach\n80\n24\nxterm-256color\n\n"]
            line.sendmsg(told, [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
            os.close(theirs)
            terminals.append((ours, line))
        seen, took = dict.fromkeys((one for one, _ in terminals), b""), []
        while waiting := [one for one, got in seen.items() if LAST not in got]:
            ready, _, _ = select.select(waiting, [], [], 20)
            assert ready, len(waiting)
            for one in ready:
                seen[one] += os.read(one, 65536)
                if LAST in seen[one]:
                    took.append(time.perf_counter() - first)
        print(f"\n100 at once: median {statistics.median(took):.2f} s, all {max(took):.2f} s")
        began = time.monotonic()
        for ours, line in terminals:
            line.close()
            os.close(ours)
        house.until(visits=0, crashed=0)
        print(f"all gone after {time.monotonic() - began:.2f} s")
    assert statistics.median(took) <= 2.5


def test_memory_of_a_visit(tmp_path: Path) -> None:
    with Housed(tmp_path, "--content", str(pack_in(tmp_path))) as house:
        time.sleep(2)
        waiting = statistics.median(own(pid) for pid in forked(house))
        handed = [HandedOver(house) for _ in range(3)]
        time.sleep(2)
        painted = sorted(own(pid) for pid in forked(house))[-len(handed) :]
        for one in handed:
            one.press(b"1")
            one.press(b"1")
            for i in range(200):
                one.press((b"n" if i % 7 else b"b") if i % 3 else b"\x1b[B")
        used = sorted(own(pid) for pid in forked(house))[-len(handed) :]
        for one in handed:
            one.leave()
    print(f"\nMiB of its own: waiting {waiting:.1f}, painted {statistics.median(painted):.1f}, "
          f"after 200 keys {statistics.median(used):.1f}")  # fmt: skip
    assert statistics.median(painted) <= 9
    assert statistics.median(used) <= 12
