"""Signatures under packs: who has put one together, and why a signature does not count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.library.review.allowed_signers import parse_allowed_signers
from kiosk.library.review.pack_signature import (
    NAMESPACE,
    signature_path,
    signed_message,
    signer_of,
)
from kiosk.library.review.revoked_keys import RevokedKeys
from kiosk.library.review.verdict import SignerPolicy
from tests.support.review.signer import Signer

SEAL = bytes(range(32))
NOW = datetime(2026, 11, 26, tzinfo=UTC)
IT = Signer("it@elm.example")


def policy(*lines: str, revoked: frozenset[bytes] = frozenset()) -> SignerPolicy:
    signers = parse_allowed_signers("".join(lines).encode()).signers
    return SignerPolicy(signers, RevokedKeys(revoked), problem=None)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.pack"
    signature_path(file).write_text(IT.sign(signed_message(SEAL), NAMESPACE))
    return file


def test_a_signed_pack_names_its_signer(pack: Path) -> None:
    limited = IT.line(f'namespaces="{NAMESPACE}"')
    assert signer_of(pack, SEAL, policy(limited), NOW) == "it@elm.example"


BAD: dict[str, tuple[Callable[[Path], object], SignerPolicy, str]] = {
    "unsigned": (lambda file: signature_path(file).unlink(), policy(), "it is not signed"),
    "garbled": (lambda file: signature_path(file).write_text("?"), policy(), "is garbled"),
    "a review's": (
        lambda file: signature_path(file).write_text(IT.sign(signed_message(SEAL))),
        policy(IT.line()),
        'made for "kiosk-review@v1", not for packs',
    ),
    "another pack's": (
        lambda file: signature_path(file).write_text(IT.sign(signed_message(bytes(32)), NAMESPACE)),
        policy(IT.line()),
        "of another pack, or forged",
    ),
    "no signers": (lambda _: None, SignerPolicy(), "review.allowed-signers"),
    "unknown": (lambda _: None, policy(Signer().line()), "is not in this site's file"),
    "revoked": (
        lambda _: None, policy(IT.line(), revoked=frozenset({IT.public_key})), "is revoked",
    ),
    "expired": (lambda _: None, policy(IT.line('valid-before="20250101Z"')), "was valid until"),
    "not yet": (lambda _: None, policy(IT.line('valid-after="20990101Z"')), "is only valid from"),
    "a reviewer": (
        lambda _: None, policy(IT.line('namespaces="kiosk-review@v1"')), "does not let the key",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_signature_of_a_pack_is_refused_in_its_own_words(pack: Path, name: str) -> None:
    spoil, signers, why = BAD[name]
    spoil(pack)
    with pytest.raises(PackError, match=why):
        signer_of(pack, SEAL, signers, NOW)
