"""The Textual app of `kiosk preview`: it shows saved files at once, and checks them in a second
process.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.authoring.preview.port import PreviewPort
from kiosk.authoring.preview.texts import PreviewTexts
from kiosk.core.palette import Palette
from kiosk.library.problem import Problem
from kiosk.system.processes import ROOT, yield_to_others
from kiosk.ui.app import KioskApp

INTERVAL = 0.04
"""Seconds between two looks at the files: a save is on the screen within 300 ms."""
PAUSE = 0.5
"""Seconds after a save before the texts are checked: drawing comes first."""


def check_command(checked: Path) -> list[str]:
    """Return the command line that runs `kiosk check` on a folder and prints the result as JSON.

    It runs this very copy of kiosk, which a plain `python -m kiosk` may not find.
    """
    code = (
        f"import sys; sys.path.insert(0, {ROOT!r}); from kiosk.cli.main import main;"
        "sys.exit(main(sys.argv[1:]))"
    )
    return [sys.executable, "-X", "utf8", "-c", code, "check", str(checked), "--format", "json"]


class PreviewApp(KioskApp):
    """The app of `kiosk preview`: shows an author's files, shows them again when one is saved, and
    has them checked after that.

    Args:
        port: the visit that is shown, with the author's tools.
        texts: the files, as the store that `port` gets topics from.
        palettes: the color themes to choose from.
        checked: the folder on which `kiosk check` is run after each save.
        options: further keyword arguments of KioskApp, such as `ascii_only`.
    """

    def __init__(
        self,
        port: PreviewPort,
        texts: PreviewTexts,
        palettes: tuple[Palette, ...],
        checked: Path,
        **options: Any,
    ) -> None:
        keys = {
            ">": lambda: port.jump(1),
            "<": lambda: port.jump(-1),
            "+": port.next_level,
            "*": port.next_language,
            "#": port.toggle_ids,
            "=": port.toggle_gates,
            "!": port.toggle_problems,
            "q": self.exit,
        }
        super().__init__(port, palettes, may_quit=True, keys=keys, **options)
        self._preview, self._texts, self._checked = port, texts, checked
        self._stamps = texts.stamps()
        self._checking: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    def on_mount(self) -> None:
        """Begin to watch the files for a save, and start the first check; Textual calls this once
        the screen is there.
        """
        super().on_mount()
        self._check()
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(INTERVAL)
            self.look()

    def look(self) -> None:
        """Read and draw the texts again if a file was saved since the last look, and check them;
        else do nothing.
        """
        stamps = self._texts.stamps()
        if stamps == self._stamps:
            return
        self._stamps = stamps
        self._end_check()  # it would only slow down what is drawn now
        self._texts.load()
        self._preview.refresh()
        self._check()

    def _check(self) -> None:
        self._end_check()
        self._checking = asyncio.create_task(self._run_check())

    def _end_check(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        if self._process is not None:
            _kill(self._process)

    async def _run_check(self) -> None:
        await asyncio.sleep(PAUSE)
        gc.disable()  # a look for garbage in a library takes as long as drawing
        gc.collect()  # now, while nobody waits
        process = await asyncio.create_subprocess_exec(
            *check_command(self._checked), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self._process = process
        yield_to_others(process.pid)
        try:
            output, _ = await process.communicate()
        except asyncio.CancelledError:
            _kill(process)
            await process.wait()
            raise
        try:
            listed = json.loads(output)["problems"]
        except (ValueError, KeyError):
            return
        self._preview.report(
            [Problem(p["file"], p["item"], p["message"], p["hint"]) for p in listed]
        )


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
