"""The Ansible role, applied to a booted Debian: the second time it changes nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian
from tests.support.deploy.console import Console, free_console
from tests.support.deploy.needs import needs_console, needs_debian
from tests.support.shipped import ROOT

pytestmark = [*needs_debian(), needs_console()]
ANSIBLE = "ansible-core==2.19.*"
PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  roles:
    - role: kiosk
      vars:
        kiosk_console: true
        kiosk_ssh: true
        kiosk_files: /root/kiosk
        kiosk_pack: /root/kiosk/clinic.pack
        kiosk_drop_in: |
          [clinic]
          name = "River Clinic"
"""
APPLY = (
    "cd /root/ansible; v/bin/ansible-playbook -i localhost, "
    "-e ansible_python_interpreter=/usr/bin/python3 -e kiosk_version={version} play.yml"
)


@pytest.fixture(scope="module")
def debian(copy_of_fresh: Callable[[], Path]) -> Iterator[Debian]:
    """A booted Debian with Ansible and the role in it."""
    device = free_console()
    assert device is not None
    with Debian(root := copy_of_fresh(), Console(device)) as booted:
        folder = root / "root" / "ansible"
        shutil.copytree(ROOT / "deploy" / "ansible", folder)
        (folder / "play.yml").write_text(PLAY)
        packages = "apt-get install -y -q python3-venv python3-apt"
        made = booted.run(
            f"{packages} && python3 -m venv /root/ansible/v && "
            f"/root/ansible/v/bin/pip install -q '{ANSIBLE}'"
        )
        if made.returncode:
            pytest.skip(f"ANSIBLE COULD NOT BE INSTALLED: {made.stderr[-500:]}")
        yield booted


def apply(debian: Debian, version: str) -> dict[str, int]:
    """Apply the role; return the numbers of the recap."""
    output = debian.check(APPLY.format(version=version))
    recap = output[output.index("PLAY RECAP") :]
    print(f"\n{version}: {recap.splitlines()[1]}")
    return {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", recap)}


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_the_role_changes_nothing_the_second_time(debian: Debian, version: str) -> None:
    first = apply(debian, version)
    assert (first["failed"], first["unreachable"]) == (0, 0)
    assert first["changed"] > 0
    second = apply(debian, version)
    assert (second["failed"], second["changed"]) == (0, 0)
    told = debian.check("/opt/kiosk/bin/kiosk status --socket /run/kiosk/kiosk.sock")
    assert f"kiosk {version}" in told
    assert "library.pack" in told
    assert debian.check("systemctl --failed --no-legend") == ""
