"""Measure the Python that runs this, as `python -m` of it: prints one object of JSON.

`dev.py pythons` asks several Pythons in turn, and compares.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.support.perf.load import Load
from tests.support.perf.running_server import serve_kiosk
from tests.support.perf.startup import start
from tests.support.prebuilt_pack import shipped_pack

SESSIONS = 20
WARM = 2
"""Starts that are not counted: they compile."""


def measure_starts(folder: Path, pack: Path, runs: int) -> dict[str, list[float]]:
    """Return the milliseconds and MiB of each start of `kiosk`, the milliseconds of `read`."""
    figures: dict[str, list[float]] = {"run ms": [], "run MiB": [], "read ms": []}
    for n in range(-WARM, runs):
        took, memory = start(["-m", "kiosk", "run", str(pack)], b"Quit", folder)
        read, _ = start(["-m", "kiosk", "read", str(pack)], b"\n> ", folder)
        if n >= 0:
            for name, figure in (("run ms", took), ("run MiB", memory), ("read ms", read)):
                figures[name].append(figure)
    return figures


def measure_visits(folder: Path, pack: Path) -> float:
    """Return the MiB of its own of each of many visits of one server; what they share is not."""
    with serve_kiosk(folder, pack) as (server, _), Load(server.port) as load:
        load.open(2)
        load.watch(1)
        before = server.cost()[1]
        opened = load.open(SESSIONS, at_once=4)
        assert not opened.failed
        load.watch(2)
        own = (server.cost()[1] - before) / SESSIONS
        load.close(how="abort")
        return own


def main() -> None:
    """Measure what the arguments ask for: a number of starts, or `visits`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if sys.argv[1] == "visits":
            figures = {"visit MiB": [measure_visits(folder / "server", shipped_pack())]}
        else:
            figures = measure_starts(folder, shipped_pack(), int(sys.argv[1]))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
