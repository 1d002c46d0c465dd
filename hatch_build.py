"""Compiles the shipped topic into the wheel, so that an installed kiosk only opens a pack."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedPack(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # a checkout compiles its content when it has changed
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from kiosk.library.pack.build import build_pack

        self._folder = tempfile.TemporaryDirectory()
        pack = Path(self._folder.name) / "shipped.pack"
        build_pack(root / "content", root / "themes", pack)
        build_data["force_include"][str(pack)] = "kiosk/shipped/shipped.pack"
