"""Which reviews count at a site, and what is shown of a topic otherwise: never a shut kiosk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pytest

from kiosk.core.review import Approval, ReviewNote
from kiosk.core.wording import ReviewStatus
from kiosk.library.pack import integrity
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.library.review.files import signature_of, signed_text
from kiosk.library.review.record import parse_record
from kiosk.site.content import library_of
from kiosk.site.store import PackStore
from kiosk.site.watchers import ReviewWatcher
from tests.support.review.signer import Signer, approve
from tests.support.review.site import Site, review_notes
from tests.support.shipped import ROOT

START = "sore-back/sections/10-start.toml"


def test_a_signed_and_unchanged_topic_is_approved_by_name(site: Site, ana: Signer) -> None:
    approve(site.root, ana)
    card = site.card()
    assert card.status is ReviewStatus.APPROVED
    assert card.review is not None
    assert card.review.approvals == (Approval("Ana Ruiz", "MD", "2026-11-20"),)
    assert review_notes(site) == []


def test_a_key_on_a_token_counts_if_it_was_touched(site: Site) -> None:
    token = Signer(token="ssh:")
    site.allow(token.line())
    file = approve(site.root, token)
    assert site.card().status is ReviewStatus.APPROVED
    untouched = token.sign(file.read_bytes(), flags=0)
    signature_of(file).write_text(untouched)
    assert site.card().status is ReviewStatus.SUBMITTED


def test_approved_by_hand_is_submitted(site: Site) -> None:
    review = site.root / "sore-back" / "review.toml"
    review.write_text('status = "approved"\nwho = "Ana"\nwhen = 2026-11-26\n')
    assert site.card().status is ReviewStatus.SUBMITTED


def test_signers_inside_the_content_count_for_nothing(site: Site, ana: Signer) -> None:
    approve(site.root, ana)
    inside = Site(site.root, site.root / "sore-back")
    inside.allow(ana.line())
    assert inside.card().status is ReviewStatus.SUBMITTED
    assert any("lies inside the content" in sentence for sentence in review_notes(inside))
    site.signers.unlink()
    site.signers.symlink_to(inside.signers)
    assert site.card().status is ReviewStatus.SUBMITTED


def test_a_late_review_says_so(site: Site, ana: Signer) -> None:
    approve(site.root, ana, date="2020-01-01", due="2021-01-01")
    review = site.card().review
    assert review is not None
    assert (review.status, review.note) == (ReviewStatus.APPROVED, ReviewNote.OVERDUE)
    assert any("late, since 2021-01-01" in sentence for sentence in review_notes(site))


def test_files_with_line_ends_of_windows_are_the_same(site: Site, ana: Signer) -> None:
    file = approve(site.root, ana)
    record = parse_record(file.read_text())
    for path in (file, signature_of(file), *(file.parent / "texts").iterdir()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert site.card().status is ReviewStatus.APPROVED
    assert signed_text(site.root / "sore-back", "en", record.text) is not None


def test_a_relative_path_to_the_signers_counts_for_nothing(
    site: Site, ana: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(site.root, ana)
    monkeypatch.chdir(site.folder)
    relative = Site(site.root, Path())
    assert relative.card().status is ReviewStatus.SUBMITTED
    assert any("is no absolute path" in sentence for sentence in review_notes(relative))


def test_where_two_must_sign_one_is_not_enough(site: Site, ana: Signer) -> None:
    bob = Signer("bob@elm.example", "Bob Chen", "RN")
    site.reviewers = 2
    site.allow(ana.line(), bob.line())
    approve(site.root, ana)
    review = site.card().review
    assert review is not None
    assert (review.status, review.note) == (ReviewStatus.UNDER_REVIEW, ReviewNote.PARTLY)
    approve(site.root, bob)
    assert site.card().status is ReviewStatus.APPROVED


def test_one_person_does_not_count_as_two(site: Site, ana: Signer) -> None:
    also_ana = Signer("ana@home.example", private=ana.private)
    site.reviewers = 2
    site.allow(ana.line(), also_ana.line())
    approve(site.root, ana)
    approve(site.root, also_ana)
    assert site.card().status is ReviewStatus.UNDER_REVIEW
    assert any("it counts once" in sentence for sentence in review_notes(site))


def test_where_only_approved_topics_are_shown_the_others_are_left_out(
    site: Site, ana: Signer
) -> None:
    second = site.root / "sore-knee"
    subprocess.run(["cp", "-r", site.root / "sore-back", second], check=True)
    topic = second / "topic.toml"
    topic.write_text(topic.read_text().replace("sore-back", "sore-knee"))
    library = site.root / "library.toml"
    library.write_text(library.read_text().replace('"sore-back"', '"sore-back", "sore-knee"'))
    approve(site.root, ana, topic="sore-knee")
    site.unapproved = False
    shown = site.library()
    assert [card.id for card in shown.cards] == ["sore-knee"]
    assert shown.count("en") == 1
    site.unapproved = True
    shown = site.library()
    assert [card.status.value for card in shown.cards] == ["submitted", "approved"]
    assert shown.catalogues["en"].least is ReviewStatus.SUBMITTED


def test_a_key_that_expires_while_the_kiosk_runs_counts_no_more(site: Site, ana: Signer) -> None:
    site.allow(ana.line('valid-before="20980101Z"'))
    approve(site.root, ana)
    pack = site.pack()
    assert library_of(pack, site.settings).cards[0].status is ReviewStatus.APPROVED
    watcher = ReviewWatcher(lambda: pack, site.settings, reads_files=False)
    assert watcher() is None
    until = pack.reviews.until
    assert until is not None
    assert pack.reviews.later is not None
    pack.judge(pack.reviews.later(until + 1))
    assert pack.card("sore-back", "en").status is ReviewStatus.SUBMITTED


def test_a_store_is_due_when_a_key_expires_or_a_text_is_recalled(site: Site, ana: Signer) -> None:
    site.allow(ana.line('valid-before="20980101Z"'))
    approve(site.root, ana)
    pack = site.pack()
    gone: set[str] = set()
    store = PackStore(pack)
    library_of(pack, site.settings)
    assert not store.is_due()
    until = pack.reviews.until
    assert until is not None
    with mock.patch("kiosk.site.store.time", return_value=until + 1):
        assert store.is_due()
    with mock.patch.object(store, "withdrawn", return_value=gone):
        assert not store.is_due()
        gone.add("sore-back")
        assert store.is_due()


def test_a_key_that_is_taken_out_of_the_file_counts_no_more(site: Site, ana: Signer) -> None:
    approve(site.root, ana)
    pack = site.pack()
    library_of(pack, site.settings)
    watcher = ReviewWatcher(lambda: pack, site.settings, reads_files=True)
    assert watcher() is None
    site.allow("# nobody\n")
    renewed = watcher()
    assert renewed is not None
    assert renewed[1].cards[0].status is ReviewStatus.SUBMITTED


def test_without_the_extra_nothing_is_approved_and_the_doctor_says_why(
    site: Site, ana: Signer
) -> None:
    approve(site.root, ana)
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from kiosk.__main__ import main; sys.argv = sys.argv[:1] + sys.argv[1:]; sys.exit(main())"
    )
    arguments = ["doctor", "--config", str(site.write_settings()), "--content", str(site.root)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True,
        env={"XDG_CACHE_HOME": str(site.folder)},
    )  # fmt: skip
    assert "Install 'kiosk[review]'" in done.stdout
    assert "It will open." in done.stdout
    assert "Approved" not in done.stdout


def test_no_verification_is_imported_where_nobody_may_sign(site: Site, ana: Signer) -> None:
    approve(site.root, ana)
    site.pack()
    program = (
        "import sys; from pathlib import Path; from kiosk.site.content import *\n"
        "pack = pack_at(Path(sys.argv[1])); library_of(pack, Settings())\n"
        "names = {'cryptography', 'kiosk.library.review.verdict', '_hashlib'}\n"
        "print(sorted(names & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", program, str(site.root)]
    env = {"XDG_CACHE_HOME": str(site.folder)}
    subprocess.run(command, cwd=ROOT, env=env, check=True)  # builds the pack
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def rewritten(content: bytes, table: str, old: str, new: str) -> Pack:
    """Return a pack in which somebody has replaced words in a table, with hashes that fit."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(content)
        ((body,),) = connection.execute(f"SELECT body FROM {table}")
        assert old in body
        body = body.replace(old, new)
        digest = sha256(body.encode()).hexdigest()
        connection.execute(f"UPDATE {table} SET body = ?, sha256 = ?", (body, digest))
        return open_pack(integrity.sealed(connection.serialize()))


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("topic", "Go for a walk.", "Go to bed at once."),
        ("card", "Why is it sore?", "Why take zinc?"),
        ("card", "It will pass.", "It is deadly."),
        ("card", "Go for a walk.", "Take zinc."),
    ],
)
def test_a_pack_with_other_words_than_were_signed_is_not_approved(
    site: Site, ana: Signer, table: str, old: str, new: str
) -> None:
    approve(site.root, ana)
    with rewritten(pack_bytes(site.root, None), table, old, new) as pack:
        (card,) = library_of(pack, site.settings).cards
    assert card.status is ReviewStatus.SUBMITTED
    assert card.review is not None
    assert card.review.note is ReviewNote.CHANGED


def test_a_pack_cannot_call_itself_approved(site: Site) -> None:
    claim = (
        '"review":{"status":"approved","approvals":[{"name":"X","credentials":"MD","date":""}]},'
    )
    content = pack_bytes(site.root, None)
    with rewritten(
        content, "card", '"status":"submitted",', claim + '"status":"approved",'
    ) as pack:
        assert pack.card("sore-back", "en").status is ReviewStatus.SUBMITTED
        (card,) = library_of(pack, site.settings).cards
    assert card.status is ReviewStatus.SUBMITTED
    assert card.review is None
