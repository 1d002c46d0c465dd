"""The files of OpenSSH: allowed signers, revoked keys, signatures."""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.library.review.allowed_signers import matches, parse_allowed_signers
from kiosk.library.review.ed25519 import is_genuine
from kiosk.library.review.revoked_keys import parse_revoked_keys
from kiosk.library.review.ssh_wire import WireError, string
from kiosk.library.review.sshsig import BEGIN, END, parse_signature
from tests.support.review.signer import Signer

ANA = Signer()
KEY = ANA.line().split(" ", 1)[1].strip()


@pytest.mark.parametrize(
    ("name", "patterns", "matched"),
    [
        ("ana@elm.example", "ana@elm.example", True),
        ("ana@elm.example", "*@elm.example", True),
        ("ana@elm.example", "a?a@*,bob", True),
        ("ana@elm.example", "*@elm.example,!ana@*", False),
        ("ana@elm.example", "!ana@*,*", False),
        ("Ana@elm.example", "ana@elm.example", False),
        ("anaXelm", "ana.elm", False),
        ("", "", True),
    ],
)
def test_a_list_of_patterns_matches_as_in_openssh(name: str, patterns: str, matched: bool) -> None:
    assert matches(name, patterns) is matched


def test_lines_are_read_as_ssh_keygen_reads_them() -> None:
    text = (
        "# the clinic's reviewers\n\n"
        f"ana@elm.example {KEY} a comment\n"
        f'  "Bob Chen,bob@elm.example" {KEY}\n'
        f'ana@* namespaces="kiosk-review@v1,git",valid-after="20260101Z" {KEY}\n'
        f'*@elm.example CERT-AUTHORITY,valid-before="202612312359Z" {KEY}\r\n'
        f'ana namespaces="say \\"hi\\" there" {KEY}\n'
    )
    read = parse_allowed_signers(text.encode())
    assert read.problems == ()
    first, bob, limited, authority, quoted = read.signers
    assert (first.line, first.principals, first.key) == (3, "ana@elm.example", ANA.public_key)
    assert bob.is_for("Bob Chen")
    assert limited.permits("git")
    assert not limited.permits("kiosk-pack@v1")
    assert limited.valid_after == datetime(2026, 1, 1, tzinfo=UTC)
    assert authority.is_authority
    assert authority.valid_before == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    assert quoted.namespaces == 'say "hi" there'


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ana@elm.example", "no key after the name"),
        ("ana@elm.example ssh-ed25519 AAAA!", "not base64"),
        ("ana@elm.example ssh-rsa {blob}", "not of the type ssh-rsa"),
        ("ana no-touch-required {key}", "an option that is not known: no-touch-required"),
        ('ana valid-before="soon" {key}', "'soon' is no time"),
        ('ana valid-before="20261350" {key}', "'20261350' is no time"),
        ('ana valid-after="20270101",valid-before="20260101" {key}', "is not later than"),
        ('ana namespaces="a",namespaces="b" {key}', "stands there twice"),
        ('"ana {key}', "a quote mark is missing"),
        ("ana namespaces {key}", "an option that is not known"),
    ],
)
def test_a_line_that_cannot_be_read_allows_nobody_and_is_named(line: str, why: str) -> None:
    line = line.format(
        key=KEY, blob=KEY.split()[1]
    )  # not above: a test's name is the same in all workers
    read = parse_allowed_signers(f"{line}\nbob {KEY}\n".encode())
    assert [signer.principals for signer in read.signers] == ["bob"]
    (problem,) = read.problems
    assert problem.startswith("line 1: ")
    assert why in problem


def krl(*sections: tuple[int, bytes]) -> bytes:
    head = b"SSHKRL\n\0" + (1).to_bytes(4) + bytes(24) + string(b"") + string(b"of the clinic")
    return head + b"".join(bytes([kind]) + string(data) for kind, data in sections)


def test_a_krl_revokes_by_key_and_by_hash() -> None:
    from hashlib import sha1, sha256

    key = ANA.public_key
    for kind, data in ((2, key), (3, sha1(key).digest()), (5, sha256(key).digest())):
        revoked = parse_revoked_keys(krl((1, b"certificates"), (kind, string(data))))
        assert revoked.has(key)
        assert not revoked.has(Signer().public_key)


@pytest.mark.parametrize(
    "raw",
    [
        b"SSHKRL\n\0" + bytes(10),
        krl((9, b"")),
        krl((255, string(b"new@openssh.com") + b"\1" + string(b""))),
        krl((2, b"\0\0\0\xff")),
        b"ssh-ed25519 AAAA\n",
        b"\xff\xfe\n",
    ],
)
def test_revoked_keys_that_cannot_be_read_raise(raw: bytes) -> None:
    with pytest.raises(WireError):
        parse_revoked_keys(raw)


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_signature_is_genuine_for_its_message_alone(algorithm: str) -> None:
    signature = parse_signature(ANA.sign(b"a text", algorithm=algorithm))
    assert signature.namespace == "kiosk-review@v1"
    assert is_genuine(signature, b"a text")
    assert not is_genuine(signature, b"a text,")


@given(at=st.integers(0, 280), flip=st.integers(1, 255))
def test_no_flipped_bit_leaves_a_signature_genuine(at: int, flip: int) -> None:
    text = ANA.sign(b"a text")
    blob = bytearray(b64decode("".join(text.split("\n")[1:-2])))
    blob[at % len(blob)] ^= flip
    broken = "\n".join([BEGIN, b64encode(bytes(blob)).decode(), END])
    with suppress(WireError):
        signature = parse_signature(broken)
        assert signature.namespace != "kiosk-review@v1" or not is_genuine(signature, b"a text")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_readers(raw: bytes) -> None:
    parse_allowed_signers(raw)
    for read in (
        lambda: parse_revoked_keys(raw),
        lambda: parse_signature(raw.decode("latin-1")),
        lambda: parse_signature(f"{BEGIN}\n{b64encode(raw).decode()}\n{END}"),
        lambda: parse_signature(f"{BEGIN}\n{b64encode(b'SSHSIG' + raw).decode()}\n{END}"),
    ):
        with suppress(WireError):
            read()
