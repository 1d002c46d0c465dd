"""Makes the README's picture: the real screen of the shipped topic, drawn by the app itself.

python docs/make_picture.py > docs/screen.svg
"""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import open_pack
from kiosk.site.store import PackStore
from kiosk.ui.app import KioskApp

ROOT = Path(__file__).resolve().parent.parent


async def picture() -> str:
    """The first step, as the first reader sees it at 80x24."""
    pack = open_pack(pack_bytes(ROOT / "content", ROOT / "themes"))
    seconds = count()  # each look at the clock is a second later: every page has been seen
    port = VisitController(
        pack.library(), VisitDefaults("en"), lambda: float(next(seconds)), PackStore(pack)
    )
    app = KioskApp(port, pack.themes(), may_quit=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        svg = app.export_screenshot(title="kiosk")
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)


if __name__ == "__main__":
    print(asyncio.run(picture()))
