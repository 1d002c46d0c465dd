"""The Ansible role: its files are used, and ansible-lint has nothing to say of them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.support.shipped import ROOT

ANSIBLE = ROOT / "deploy" / "ansible"
TASKS = ANSIBLE / "roles" / "kiosk" / "tasks"


def test_every_file_of_tasks_is_used() -> None:
    used = set(re.findall(r"import_tasks: (\S+)", (TASKS / "main.yml").read_text()))
    assert used | {"main.yml"} == {file.name for file in TASKS.iterdir()}


def test_every_command_says_whether_it_changed_something() -> None:
    for file in TASKS.iterdir():
        for task in re.split(r"\n(?= *- name:)", file.read_text()):
            if "ansible.builtin.command" in task:
                assert "creates:" in task or "changed_when:" in task, task


def test_every_file_that_it_copies_from_a_version_exists() -> None:
    text = "".join(file.read_text() for file in TASKS.iterdir())
    named = set(re.findall(r"share/kiosk/([\w@.-]+\.\w+)", text)) | set(
        re.findall(r"'(kiosk[\w@.-]*\.service)'", text)
    )
    assert len(named) > 4
    assert named <= {file.name for file in (ROOT / "deploy").iterdir()}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ansible-lint") is None, reason="THIS MACHINE LACKS ansible-lint")
def test_ansible_lint_has_nothing_to_say() -> None:
    command = ["ansible-lint", "--offline", "--profile=production", "site.yml", "roles"]
    done = subprocess.run(command, cwd=ANSIBLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
