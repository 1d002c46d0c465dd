"""`kiosk review`, as a reviewer types it, but for signing: that needs ssh-keygen, see tests/e2e."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.library.review.files import signature_of
from tests.support.library.small_tree import Tree
from tests.support.review.signer import Signer, approve
from tests.support.review.site import Site


@pytest.fixture
def site(tree: Tree, tmp_path: Path) -> Site:
    folder = tmp_path / "etc"
    folder.mkdir()
    return Site(tree.root, folder)


@pytest.fixture
def ana(site: Site) -> Signer:
    signer = Signer()
    site.allow(signer.line())
    return signer


class Reviewing:
    """The command with the options of a site."""

    def __init__(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        self._options = ["--content", str(site.root), "--config", str(site.write_settings())]
        self._capsys = capsys

    def __call__(self, task: str, *arguments: str, status: int = 0) -> str:
        assert main(["review", task, *arguments, *self._options]) == status
        said = self._capsys.readouterr()
        return said.out + said.err


@pytest.fixture
def review(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Reviewing:
    monkeypatch.setenv("XDG_CACHE_HOME", str(site.folder))
    return Reviewing(site, capsys)


def test_status_and_diff_say_what_has_changed(site: Site, ana: Signer, review: Reviewing) -> None:
    assert "Nobody has signed it." in review("status")
    approve(site.root, ana)
    assert "sore-back (en): Approved." in review("status", "sore-back")
    assert "no word has changed since Ana Ruiz, MD" in review("diff", "sore-back")
    start = site.root / "sore-back" / "sections" / "10-start.toml"
    start.write_text(start.read_text().replace("Go for a walk.", "Go for a walk, too."))
    assert "sore-back (en): Changed since review." in review("status")
    said = review("diff", "sore-back")
    assert "changes since Ana Ruiz, MD (ana@elm.example) signed on 2026-11-20: 1." in said
    assert "sections start\n  claims walk, plain:\n    Go for a walk{+, too+}." in said


def test_start_says_under_review_by_whom(site: Site, review: Reviewing) -> None:
    assert "Say who reviews it" in review("start", "sore-back", status=1)
    said = review("start", "sore-back", "--name", 'Ana "A" Ruiz', "--credentials", "MD")
    assert 'is under review by Ana "A" Ruiz, MD' in said
    assert "sore-back (en): Under review." in review("status")
    assert site.card().status.value == "under-review"


def test_withdraw_takes_a_review_back(site: Site, ana: Signer, review: Reviewing) -> None:
    file = approve(site.root, ana)
    assert "has no such review" in review("withdraw", "sore-back", "--signer", "bob", status=1)
    assert "kiosk pack recall sore-back" in review("withdraw", "sore-back")
    assert not file.exists()
    assert not signature_of(file).exists()
    assert not list((file.parent / "texts").iterdir())
    assert site.card().status.value == "submitted"


def test_comments_are_added_listed_and_done(site: Site, review: Reviewing) -> None:
    assert "has no comments" in review("comment", "sore-back")
    assert "There is no section strat" in review(
        "comment", "sore-back", "strat", "Soften.", "--by", "Ana", status=1
    )
    assert "1. start: Soften." in review("comment", "sore-back", "start", "Soften.", "--by", "Ana")
    assert "Open comments: 1." in review("status")
    assert "Soften. (done)" in review("comment", "sore-back", "--done", "1")
    assert "Open comments" not in review("status")


def test_nothing_is_approved_while_the_content_has_problems(site: Site, review: Reviewing) -> None:
    start = site.root / "sore-back" / "sections" / "10-start.toml"
    start.write_text(start.read_text().replace('"A02"', '"A22"'))
    assert "there is nothing to approve" in review("approve", "sore-back", status=1)


def test_other_kinds_of_keys_are_refused_before_anything_is_signed(
    site: Site, review: Reviewing
) -> None:
    key = site.folder / "id_rsa"
    key.with_suffix(".pub").write_text("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABAAAAAE= me\n")
    said = review("approve", "sore-back", "--key", str(key), status=1)
    assert "only Ed25519 counts" in said
    assert "There is no public key" in review("approve", "sore-back", "--key", "/no", status=1)


def test_an_unknown_topic_or_folder_is_one_sentence(site: Site, review: Reviewing) -> None:
    assert "has no topic sore-knee" in review("status", "sore-knee", status=1)
    assert "in the language es" in review("status", "--language", "es", status=1)
