"""A process that takes a sheet closes what it was given, whatever the system refuses."""

from __future__ import annotations

import os

import pytest

from kiosk.sheet_process import SheetProcess, sheet_pipe

pytestmark = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="needs posix_spawn")


def _refused(*_: object, **__: object) -> int:
    raise OSError("no descriptor is free")


@pytest.mark.parametrize("refused", ["open", "pipe", "posix_spawn"])
def test_no_descriptor_stays_open_where_the_process_cannot_start(
    refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _descriptors()
    sheet = sheet_pipe(b"a question")
    with monkeypatch.context() as patched:
        patched.setattr(os, refused, _refused)
        with pytest.raises(OSError, match="no descriptor"):
            SheetProcess(["/bin/true"], sheet)
    assert _descriptors() == before


def _descriptors() -> set[str]:
    return set(os.listdir("/dev/fd"))
