"""What people type: the lines of urgent.txt, by alarm, and of ordinary.txt."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parents[2] / "answers" / "alarms"


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def urgent() -> list[tuple[str, str]]:
    """The alarm that must ring, and what is typed."""
    phrases, alarm = [], ""
    for line in _lines("urgent.txt"):
        if line.startswith("["):
            alarm = line.strip("[]")
        else:
            phrases.append((alarm, line))
    return phrases


def ordinary() -> list[str]:
    """What must ring nothing."""
    return _lines("ordinary.txt")
