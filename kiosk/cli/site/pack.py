"""`kiosk pack`: verify, sign, describe and install packs, go back to the pack before, and recall a
topic's text.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.cli.options import add_config
from kiosk.errors import InstallError, PackError
from kiosk.library.pack import integrity
from kiosk.library.pack.install import (
    install,
    make_folder,
    previous,
    recall,
    recalled_topics,
    reworded_topics,
    rollback,
    undo,
)
from kiosk.library.pack.reader import verified
from kiosk.library.pack.schema import FORMAT
from kiosk.library.pack.verify import describe, digest_of, verify
from kiosk.library.problem import visible
from kiosk.library.review.pack_signature import (
    keep_signature,
    sign_pack,
    signature_path,
    signer_of,
)
from kiosk.settings.model import ReviewSettings
from kiosk.site.content import settings_of
from kiosk.site.paths import pack_in_use, recalls_file
from kiosk.site.signers import now, policy_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the tasks of `kiosk pack` (such as verify and install) and their options on its
    parser, and set `pack` as the function to run.
    """
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    verify_ = tasks.add_parser("verify", help="look at every byte and every text of a pack")
    info = tasks.add_parser("info", help="say what a pack is")
    install_ = tasks.add_parser("install", help="make it the pack in use; the one before is kept")
    rollback_ = tasks.add_parser("rollback", help="go back to the pack before")
    recall_ = tasks.add_parser(
        "recall", help="stop showing a topic's text now; without a topic, list what is recalled"
    )
    sign = tasks.add_parser("sign", help="sign it, so that others know who put it together")
    sign.add_argument("target", metavar="FILE", help="the pack")
    sign.add_argument("--key", type=Path, metavar="FILE", help="else ~/.ssh/id_ed25519")
    install_.add_argument(
        "--require-signature", action="store_true",
        help="refuse a pack that nobody has signed whom the file of allowed signers has",
    )  # fmt: skip
    add_config(install_)
    add_config(verify_)
    verify_.add_argument("target", metavar="FILE", help="the pack")
    info.add_argument("target", nargs="?", metavar="FILE", help="the pack; else the one in use")
    install_.add_argument("target", metavar="FILE", help="the new pack")
    recall_.add_argument("target", nargs="?", metavar="TOPIC", help="the id of the topic")
    recall_.add_argument("--undo", action="store_true", help="show the topic again")
    for task in (info, install_, rollback_, recall_):
        task.add_argument(
            "--to", type=Path, metavar="PACK", help="the pack in use; else this machine's"
        )
    parser.set_defaults(run=pack, target=None, to=None, undo=False, config=None)


def pack(options: argparse.Namespace) -> int:
    """Run the task of `kiosk pack` that was asked for, such as verify or install, and print what
    was done; return 0. Raises KioskError (most often PackError) or OSError where it cannot be done.
    """
    in_use = options.to or pack_in_use(to_write=options.task == "install")
    target = options.target or ""
    tasks: dict[str, Callable[[], Iterator[str]]] = {
        "verify": lambda: _verify(Path(target), options.config),
        "sign": lambda: _sign(Path(target), options.key),
        "info": lambda: _info(Path(target) if target else in_use),
        "install": lambda: _install(
            Path(target), in_use, options.config, is_required=options.require_signature
        ),
        "rollback": lambda: _rollback(in_use),
        "recall": lambda: _undo(in_use, target) if options.undo else _recall(in_use, target),
    }
    for line in tasks[options.task]():
        print(visible(line))
    return 0


def _verify(file: Path, config: Path | None) -> Iterator[str]:
    verify(file)
    yield f"{file}: every byte is as it was built, and every text can be read."
    if signature_path(file).exists():
        yield _signed(file, _seal_of(file), settings_of(config).review)


def _sign(file: Path, key: Path | None) -> Iterator[str]:
    verify(file)
    signature = sign_pack(file, _seal_of(file), key or Path.home() / ".ssh" / "id_ed25519")
    yield f"Signed: {signature}. It belongs beside the pack, wherever that goes."


def _seal_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return integrity.stored_seal(opened.fileno())


def _signed(file: Path, seal: bytes, review: ReviewSettings) -> str:
    """Say whose signature counts, or why none does."""
    try:
        return f"Signed by {signer_of(file, seal, policy_of(review), now())}."
    except PackError as refused:
        return f"No signature counts: {refused.why}"


def _info(file: Path) -> Iterator[str]:
    with verified(file) as opened:
        description = describe(opened)
    yield f"{file}: a kiosk pack, format {FORMAT}, built by kiosk {description.version}."
    yield f"Topics: {_counted(description.topics)}."
    yield f"Status: {_counted(description.status)}."
    words = f"Words, as the plain level reads them: {description.words:,}."
    yield f"{words} Themes: {description.themes}."
    yield f"Size: {file.stat().st_size:,} bytes. SHA-256: {digest_of(file)}"
    for topic in recalled_topics(file, recalls_file(file)):
        yield f"Recalled: {topic}."


def _install(file: Path, in_use: Path, config: Path | None, *, is_required: bool) -> Iterator[str]:
    review = settings_of(config).review
    signed: list[str] = []

    def allow(seal: bytes) -> None:
        if is_required or review.signed_packs:
            signed.append(f"Signed by {signer_of(file, seal, policy_of(review), now())}.")
        elif signature_path(file).exists():
            signed.append(_signed(file, seal, review))
        keep_signature(file, in_use, seal)

    make_folder(in_use.parent)
    kept = previous(in_use)
    if _is_installed(file, in_use):
        yield f"{in_use} is that pack already: nothing was changed."
    else:
        install(file, in_use, allow)
        yield from signed
        yield f"{in_use} is now what {file} is; running kiosks change over between visits."
    if kept.exists():
        yield f"The pack before is {kept}; `kiosk pack rollback` brings it back."
    for topic in recalled_topics(in_use, recalls_file(in_use)):
        yield f"Still recalled: {topic}: the text is the same as the one that was recalled."
    yield from _reworded(in_use)


def _is_installed(file: Path, in_use: Path) -> bool:
    """Return whether the pack in use is whole and the same as a file, byte for byte.

    Installing it again would make it its own predecessor, and take away what rollback goes to.
    """
    if not in_use.exists():
        return False
    verify(file)
    try:
        verified(in_use).close()
    except PackError:
        return False
    return digest_of(file) == digest_of(in_use)


def _rollback(in_use: Path) -> Iterator[str]:
    rollback(in_use)
    yield f"{in_use} is the pack from before again; running kiosks change over between visits."


def _recall(in_use: Path, topic: str) -> Iterator[str]:
    file = recalls_file(in_use)
    if not topic:
        yield from (f"Recalled: {topic}." for topic in recalled_topics(in_use, file))
        yield from _reworded(in_use)
        return
    try:
        languages = recall(in_use, file, topic)
    except KeyError:
        raise InstallError(in_use, f"it has no topic {topic}.") from None
    yield f"{topic} ({', '.join(languages)}) is recalled: visits leave it at their next event."


def _reworded(in_use: Path) -> Iterator[str]:
    for topic in reworded_topics(in_use, recalls_file(in_use)):
        yield (
            f"Recalled in other words: {topic}. Its text is another now, and is shown; `kiosk pack "
            f"recall {topic.partition(' ')[0]}` takes this one back, too."
        )


def _undo(in_use: Path, topic: str) -> Iterator[str]:
    if not undo(recalls_file(in_use), topic):
        raise InstallError(in_use, f"no topic {topic} is recalled.")
    yield f"{topic} is shown again, from the next visit on."


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
