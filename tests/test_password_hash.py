"""A guess costs the same, however near it is."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from kiosk.password_hash import hash_password, verify_password

PIN = "481516"


@pytest.mark.slow
@pytest.mark.parametrize("guess", [PIN, "481517", "081516", "4", "4" * 12])
def test_every_guess_is_hashed_once_and_compared_in_constant_time(
    guess: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the time that an answer takes tells nobody how many digits were right."""
    hashed, scrypt, compare = hash_password(PIN), hashlib.scrypt, hmac.compare_digest
    calls: list[str] = []

    def counted_scrypt(*args: object, **kwargs: object) -> bytes:
        calls.append("scrypt")
        return scrypt(*args, **kwargs)  # type: ignore[arg-type]

    def counted_compare(left: bytes, right: bytes) -> bool:
        calls.append(f"compare {len(left)} with {len(right)}")
        return compare(left, right)

    monkeypatch.setattr("hashlib.scrypt", counted_scrypt)
    monkeypatch.setattr("hmac.compare_digest", counted_compare)
    assert verify_password(guess, hashed) is (guess == PIN)
    assert calls == ["scrypt", "compare 64 with 64"]
