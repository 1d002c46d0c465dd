"""What a machine lacks for a visit to give things up is said, and stops nothing."""

from __future__ import annotations

import errno

import landlockpy
import pytest

from kiosk.serve.sandbox import lacking


@pytest.mark.parametrize("code", [errno.EPERM, errno.EACCES])
def test_a_container_that_refuses_landlock_is_told_of(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> bool:
        raise landlockpy.LandlockError(code, "Operation not permitted")

    monkeypatch.setattr(landlockpy, "supported", refused)
    assert "Landlock: it may not be used here (Operation not permitted)." in [*lacking()]
