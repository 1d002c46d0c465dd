"""`kiosk pack`: look at a pack, put it in its place, go back, hold a text back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from kiosk.library.pack import recalls
from kiosk.library.pack.install import (
    InstallError,
    held_back,
    install,
    previous,
    recall,
    rollback,
    undo,
)
from kiosk.library.pack.reader import PackError, verified
from kiosk.library.pack.schema import FORMAT
from kiosk.library.pack.verify import describe, digest_of, verify
from kiosk.library.problem import visible


def pack(task: str, what: str, place: Path, out: TextIO, *, back: bool = False) -> int:
    """Do one task of `kiosk pack`; 0 where it is done, 1 with a sentence where it is not.

    Args:
        task: `verify`, `info`, `install`, `rollback` or `recall`.
        what: the file, or the topic; empty where the task needs none.
        place: where the pack in use is.
        out: takes what is said.
        back: whether a recall is to be taken back.
    """
    tasks: dict[str, Callable[[], Iterator[str]]] = {
        "verify": lambda: _verify(Path(what)),
        "info": lambda: _info(Path(what) if what else place),
        "install": lambda: _install(Path(what), place),
        "rollback": lambda: _rollback(place),
        "recall": lambda: _undo(place, what) if back else _recall(place, what),
    }
    try:
        for line in tasks[task]():
            print(visible(line), file=out)
    except (PackError, InstallError) as why:
        print(visible(str(why)), file=out)
        return 1
    except recalls.RecallsFull:
        print(
            f"{recalls.recalls_path(place)}: no more texts can be recalled; install a pack.",
            file=out,
        )
        return 1
    except OSError as error:
        print(f"{error.filename or place}: {error.strerror or error}.", file=out)
        return 1
    return 0


def _verify(file: Path) -> Iterator[str]:
    verify(file)
    yield f"{file}: every byte is as it was built, and every text can be read."


def _info(file: Path) -> Iterator[str]:
    with verified(file) as opened:
        found = describe(opened)
    yield f"{file}: a kiosk pack, format {FORMAT}, built by kiosk {found.version}."
    yield f"Topics: {_counted(found.topics)}."
    yield f"Status: {_counted(found.status)}."
    yield f"Words, as the plain level reads them: {found.words:,}. Themes: {found.themes}."
    yield f"Size: {file.stat().st_size:,} bytes. SHA-256: {digest_of(file)}"
    for topic in held_back(file):
        yield f"Recalled: {topic}."


def _install(file: Path, place: Path) -> Iterator[str]:
    if not place.parent.exists():
        place.parent.mkdir(parents=True)
        place.parent.chmod(0o755)  # whatever root's mask: the kiosk's own user reads there
    install(file, place)
    kept = previous(place)
    yield f"{place} is now what {file} is; running kiosks change over between visits."
    if kept.exists():
        yield f"The pack before is {kept}; `kiosk pack rollback` brings it back."
    for topic in held_back(place):
        yield f"Still recalled: {topic}: the text is the same as the one that was recalled."


def _rollback(place: Path) -> Iterator[str]:
    rollback(place)
    yield f"{place} is the pack from before again; running kiosks change over between visits."


def _recall(place: Path, topic: str) -> Iterator[str]:
    if not topic:
        yield from (f"Recalled: {one}." for one in held_back(place))
        return
    try:
        languages = recall(place, topic)
    except KeyError:
        raise InstallError(f"{place}: it has no topic {topic}.") from None
    yield f"{topic} ({', '.join(languages)}) is recalled: visits leave it at their next event."


def _undo(place: Path, topic: str) -> Iterator[str]:
    if not undo(place, topic):
        raise InstallError(f"{place}: no topic {topic} is recalled.")
    yield f"{topic} is shown again, from the next visit on."


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
