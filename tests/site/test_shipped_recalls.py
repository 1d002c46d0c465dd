"""A recall of the text that comes with the program: it outlives the program's version."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.cli.site.doctor import _recalls
from kiosk.library.pack.reader import open_pack
from kiosk.operations.service_checks import BAD
from kiosk.settings.model import Settings
from kiosk.site import paths
from kiosk.site.content import content_path, pack_at
from kiosk.site.content_facts import content_facts
from kiosk.site.store import file_stamps, shared_store_for
from tests.support.library.small_pack import small_pack
from tests.support.library.small_tree import Change

RECALL = ["pack", "recall", "sore-back"]
OTHER_NAME: Change = ("library.toml", "The clinic", "Our clinic")
OTHER_WORDS: Change = (
    "sore-back/sections/80-pills.toml", "Too much is bad", "Far too much is bad",
)  # fmt: skip


class Versions:
    """Versions of the program on one machine, each with a shipped pack."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self.installed = folder / "lib" / "library.pack"
        monkeypatch.setattr(paths, "INSTALLED", self.installed)

    def use(self, version: str, *changes: Change) -> Path:
        """Go on with a version whose shipped pack has these changes; return the pack."""
        shipped = self._folder / version / "shipped.pack"
        shipped.parent.mkdir()
        shipped.write_bytes(small_pack(*changes))
        self._monkeypatch.setattr(paths, "_SHIPPED", shipped.parent)
        return shipped

    @staticmethod
    def withdrawn() -> set[str]:
        """Return what a new visit does not show."""
        path = content_path(None)
        with pack_at(None) as pack:
            return set(shared_store_for(pack, path, Settings()).withdrawn())


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Versions:
    return Versions(tmp_path, monkeypatch)


def test_a_recalled_text_stays_recalled_in_the_next_version(
    versions: Versions, capsys: pytest.CaptureFixture[str]
) -> None:
    before = versions.use("0.1.0")
    assert main(RECALL) == 0
    assert versions.withdrawn() == {"sore-back"}
    assert [file.name for file in before.parent.iterdir()] == [before.name], (
        "a version's folder goes away with it"
    )
    versions.use("0.2.0", OTHER_NAME)
    assert versions.withdrawn() == {"sore-back"}
    capsys.readouterr()
    assert main(["pack", "recall"]) == 0
    assert capsys.readouterr().out == "Recalled: sore-back (en).\n"
    assert main([*RECALL, "--undo"]) == 0
    assert versions.withdrawn() == set()


def test_a_text_in_other_words_is_shown_and_said(
    versions: Versions, capsys: pytest.CaptureFixture[str]
) -> None:
    versions.use("0.1.0")
    main(RECALL)
    versions.use("0.2.0", OTHER_WORDS)
    assert versions.withdrawn() == set()
    capsys.readouterr()
    main(["pack", "recall"])
    assert "Recalled in other words: sore-back (en)." in capsys.readouterr().out
    main(RECALL)
    assert versions.withdrawn() == {"sore-back"}


def test_a_recalled_text_stays_recalled_in_a_library_that_has_it_too(
    versions: Versions, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    versions.use("0.1.0")
    main(RECALL)
    pack = tmp_path / "clinic.pack"
    pack.write_bytes(small_pack(OTHER_NAME))
    assert main(["pack", "install", str(pack), "--to", str(versions.installed)]) == 0
    assert "Still recalled: sore-back (en)" in capsys.readouterr().out
    assert versions.withdrawn() == {"sore-back"}


def test_a_pack_of_somebody_has_recalls_of_its_own(versions: Versions, tmp_path: Path) -> None:
    versions.use("0.1.0")
    main(RECALL)
    own = tmp_path / "own.pack"
    own.write_bytes(small_pack())
    assert paths.recalls_file(own) == tmp_path / "own.pack.recalls"


def test_a_first_recall_of_the_shipped_text_is_watched_for(versions: Versions) -> None:
    shipped = versions.use("0.1.0")
    before = file_stamps(shipped, None)
    main(RECALL)
    assert file_stamps(shipped, None) != before


def test_a_link_or_a_relative_path_to_the_shipped_pack_has_the_same_recalls(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = versions.use("0.1.0")
    link = tmp_path / "link"
    link.symlink_to(shipped.parent, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for path in (link / shipped.name, shipped.relative_to(tmp_path)):
        assert paths.recalls_file(path) == paths.recalls_file(shipped)


def test_recalls_that_are_damaged_are_said_to_hold_back_all(
    versions: Versions, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = versions.use("0.1.0")
    main(RECALL)
    file = paths.recalls_file(shipped)
    file.write_bytes(b"?" + file.read_bytes()[1:])
    capsys.readouterr()
    assert main(["pack", "recall"]) == 1
    assert capsys.readouterr().err == f"{file}: no text is shown, as it cannot be read.\n"
    findings = list(_recalls(shipped))
    assert [state for state, _ in findings] == [BAD, BAD]
    assert f"No topic is shown because of {file}" in findings[0][1]
    with open_pack(shipped) as pack:
        assert versions.withdrawn() == {id_ for id_, _, _ in pack.texts()}
        assert content_facts(pack, shipped, shipped, None)["recalled"] == len(pack.texts())
