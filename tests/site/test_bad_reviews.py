"""Reviews that do not count: each is refused in its own words, and the kiosk stays open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.review import ReviewNote
from kiosk.core.wording import ReviewStatus
from kiosk.library.review.files import signature_of
from kiosk.library.review.verdict import Fault
from tests.support.review.signer import Signer, approve
from tests.support.review.site import Site, review_notes

pytestmark = pytest.mark.slow

START = "sore-back/sections/10-start.toml"

Spoil = Callable[[Site, Signer, Path], None]


def altered_text(site: Site, ana: Signer, file: Path) -> None:
    path = site.root / START
    path.write_text(path.read_text().replace("Go for a walk.", "Go for a walk, now."))


def forged(site: Site, ana: Signer, file: Path) -> None:
    file.write_text(file.read_text().replace("2099", "2199"))


def other_key(site: Site, ana: Signer, file: Path) -> None:
    signature_of(file).write_text(Signer().sign(file.read_bytes()))


def wrong_namespace(site: Site, ana: Signer, file: Path) -> None:
    signature_of(file).write_text(ana.sign(file.read_bytes(), "file"))


def other_topic(site: Site, ana: Signer, file: Path) -> None:
    approve(site.root, ana, topic="sore-back")
    file.write_text(file.read_text().replace("topic: sore-back", "topic: sore-knee"))
    signature_of(file).write_text(ana.sign(file.read_bytes()))


def other_language(site: Site, ana: Signer, file: Path) -> None:
    approve(site.root, ana, language="es")


def garbled_signature(site: Site, ana: Signer, file: Path) -> None:
    signature = signature_of(file)
    signature.write_text(signature.read_text().replace("U1NIU0lH", "AAAAAAAA"))


def cut_signature(site: Site, ana: Signer, file: Path) -> None:
    signature_of(file).write_text(signature_of(file).read_text()[:120])


def no_signature(site: Site, ana: Signer, file: Path) -> None:
    signature_of(file).unlink()


def garbled_record(site: Site, ana: Signer, file: Path) -> None:
    file.write_bytes(b"\xff\x00\x1b[2J kiosk review 1\n")
    signature_of(file).write_text(ana.sign(file.read_bytes()))


def expired(site: Site, ana: Signer, file: Path) -> None:
    site.allow(ana.line('valid-before="20200101Z"'))


def not_yet_valid(site: Site, ana: Signer, file: Path) -> None:
    site.allow(ana.line('valid-after="20900101Z"'))


def not_permitted(site: Site, ana: Signer, file: Path) -> None:
    site.allow(ana.line('namespaces="kiosk-pack@v1,git"'))


def revoked(site: Site, ana: Signer, file: Path) -> None:
    site.revoked.write_text(ana.line().split(" ", 1)[1])


def unknown(site: Site, ana: Signer, file: Path) -> None:
    site.allow(Signer("bob@elm.example").line())


def other_principal(site: Site, ana: Signer, file: Path) -> None:
    site.allow(Signer("ana@elm.example").line(), ana.line().replace("ana@", "bob@"))


def authority_only(site: Site, ana: Signer, file: Path) -> None:
    site.allow(ana.line("cert-authority"))


def from_the_future(site: Site, ana: Signer, file: Path) -> None:
    approve(site.root, ana, date="2098-01-01")


def no_signers_file(site: Site, ana: Signer, file: Path) -> None:
    site.signers.unlink()


def empty_signers_file(site: Site, ana: Signer, file: Path) -> None:
    site.allow()


def bad_revoked_file(site: Site, ana: Signer, file: Path) -> None:
    site.revoked.write_text("who knows\n")


SPOILED: dict[Spoil, str] = {
    altered_text: "Changed since review: Ana Ruiz, MD (ana@elm.example) signed another text",
    forged: "ana-elm-example.record was altered after it was signed, or the signature",
    other_key: "the key that signed is not in this site's file",
    wrong_namespace: 'was made for "file", not for reviews',
    other_topic: 'signed another topic, "sore-knee"',
    other_language: 'another language, "es"',
    garbled_signature: "is garbled: it is no signature of ssh-keygen",
    cut_signature: "is garbled: it does not begin with",
    no_signature: "has no signature beside it",
    garbled_record: 'record is garbled: it is not "kiosk review 1"',
    expired: "was valid until 2020-01-01",
    not_yet_valid: "is only valid from 2090-01-01",
    not_permitted: "does not let this key sign reviews",
    revoked: "the key that signed is revoked",
    unknown: "the key that signed is not in this site's file",
    other_principal: "belongs to somebody else, bob@elm.example",
    authority_only: "the key that signed is not in this site's file",
    from_the_future: "dated 2098-01-01, which is still to come",
    no_signers_file: "no signature can count here: There is no file",
    empty_signers_file: "the key that signed is not in this site's file",
    bad_revoked_file: "revoked_keys cannot be read: line 1: no public key",
}


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_bad_review_is_refused_in_its_own_words(site: Site, ana: Signer, spoil: Spoil) -> None:
    file = approve(site.root, ana)
    spoil(site, ana, file)
    card = site.card()  # the kiosk is open
    assert card.status is ReviewStatus.SUBMITTED
    assert card.review is None or not card.review.approvals
    is_changed = card.review is not None and card.review.note is ReviewNote.CHANGED
    assert is_changed == (spoil is altered_text)
    assert any(SPOILED[spoil] in sentence for sentence in review_notes(site)), review_notes(site)


def test_every_fault_has_a_sentence_of_its_own() -> None:
    assert len({fault.value for fault in Fault}) == len(Fault)
