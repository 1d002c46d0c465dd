"""Another version is put in use whole or not at all, and ends no visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operations.install import INCOMPLETE, version_of
from kiosk.operations.machine import Done, Machine, UpgradeError
from kiosk.operations.upgrade import Upgrade
from tests.support.operations import FakeSystemd, machine_with

OLD, NEW = "kiosk-ssh@0.1.0.service", "kiosk-ssh@0.2.0.service"


class Site:
    """A machine with 0.1.0 in use and three readers, and 0.2.0 beside it."""

    def __init__(self, folder: Path) -> None:
        self.systemd = FakeSystemd()
        self.systemd.readers[OLD] = 3
        self.machine: Machine = machine_with(folder, self.systemd, "0.1.0", "0.2.0")
        self.lines: list[str] = []
        self.upgrade = Upgrade(self.machine, self.lines.append, lambda _: None)

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    @property
    def in_use(self) -> str:
        return self.machine.version_behind(self.machine.link)

    def stopped(self) -> list[list[str]]:
        """The commands that would end a visit."""
        return [
            command for command in self.systemd.commands
            if command[:2] in (["systemctl", "stop"], ["systemctl", "restart"])
            or (command[:2] == ["systemctl", "disable"] and "--now" in command and OLD in command)
        ]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_an_upgrade_leaves_the_readers_where_they_are(site: Site) -> None:
    assert site.upgrade.to("0.2.0")
    assert site.systemd.active == {OLD: "active", NEW: "active"}
    assert site.systemd.enabled == {NEW}
    assert site.in_use == "0.2.0"
    assert not site.stopped()
    assert "draining: 3 sessions left" in site.said
    assert (site.machine.units / "kiosk-ssh@.service").read_text() == "# as of 0.2.0\n"


def test_the_same_upgrade_a_second_time_changes_nothing(site: Site) -> None:
    site.upgrade.to("0.2.0")
    before = len(site.systemd.commands)
    assert not site.upgrade.to("0.2.0")
    assert len(site.systemd.commands) == before
    assert "nothing was changed" in site.said


def test_a_rollback_while_the_old_version_drains_has_it_serve_again(site: Site) -> None:
    site.upgrade.to("0.2.0")
    site.systemd.readers[NEW] = 2
    assert site.upgrade.to(site.machine.version_behind(site.machine.link_back))
    assert site.systemd.text == {OLD: "open", NEW: "draining: 2 sessions left"}
    assert site.systemd.enabled == {OLD}
    assert not site.stopped()
    assert "still had readers; it opens sessions again" in site.said


def test_a_rollback_to_a_version_that_was_stopped_by_hand_says_that_it_waits(site: Site) -> None:
    site.upgrade.to("0.2.0")
    site.systemd.active[OLD] = "deactivating"
    site.upgrade.to("0.1.0")
    assert "waits for its last readers" in site.said
    assert site.systemd.active[NEW] == "active"
    assert site.systemd.enabled == {OLD}


def test_settings_that_the_new_version_cannot_use_change_nothing(site: Site) -> None:
    site.systemd.doctor = Done(1, "  BAD   unknown key")
    with pytest.raises(UpgradeError, match="Nothing was changed"):
        site.upgrade.to("0.2.0")
    assert (site.in_use, site.systemd.enabled) == ("0.1.0", {OLD})
    assert (site.machine.units / "kiosk-ssh@.service").read_text() == "# as of 0.1.0\n"


def test_an_upgrade_says_which_texts_are_recalled(site: Site) -> None:
    site.systemd.recalled = Done(0, "Recalled in other words: leaky-gut (en).\n")
    site.upgrade.to("0.2.0")
    assert "Recalled in other words: leaky-gut (en)." in site.said


def test_a_version_that_does_not_start_is_off_again(site: Site) -> None:
    site.systemd.broken.add(NEW)
    with pytest.raises(UpgradeError, match="serves as before"):
        site.upgrade.to("0.2.0")
    assert (site.in_use, site.systemd.enabled) == ("0.1.0", {OLD})
    assert site.systemd.text[OLD] == "open"


def test_a_unit_that_was_changed_here_stays(site: Site) -> None:
    unit = site.machine.units / "kiosk-ssh@.service"
    unit.write_text("# of this clinic\n")
    site.upgrade.to("0.2.0")
    assert unit.read_text() == "# of this clinic\n"
    assert "was changed on this machine" in site.said


def test_a_wheel_that_cannot_be_installed_leaves_nothing(site: Site, tmp_path: Path) -> None:
    wheel = tmp_path / "kiosk-0.3.0-py3-none-any.whl"
    wheel.touch()
    site.systemd.pip = Done(1, "no such package")
    with pytest.raises(UpgradeError, match="Nothing was changed"):
        site.upgrade.install(wheel, "0.3.0")
    assert not site.machine.folder("0.3.0").exists()


def test_a_folder_that_is_not_whole_is_made_anew(site: Site, tmp_path: Path) -> None:
    wheel = tmp_path / "kiosk-0.3.0-py3-none-any.whl"
    wheel.touch()
    folder = site.machine.folder("0.3.0")
    folder.mkdir()
    (folder / INCOMPLETE).touch()
    (folder / "rest of the last try").touch()
    site.upgrade.install(wheel, version_of(wheel), tmp_path / "requirements.lock")
    assert sorted(path.name for path in folder.iterdir()) == ["bin"]
    [hashed] = [one for one in site.systemd.commands if "--require-hashes" in one]
    assert hashed[-1].endswith("requirements.lock")


@pytest.mark.parametrize("name", ["kiosk.whl", "kiosk-../../etc-py3-none-any.whl", "other-1.whl"])
def test_a_file_that_is_no_wheel_of_kiosk_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UpgradeError):
        version_of(tmp_path / name)


def test_the_console_changes_when_nobody_reads(site: Site) -> None:
    site.systemd.active["kiosk.service"] = "active"
    site.upgrade.to("0.2.0")
    signal = ["systemctl", "kill", "--kill-whom=main", "--signal=SIGUSR1", "kiosk.service"]
    assert signal in site.systemd.commands
    assert "as soon as nobody is reading" in site.said
