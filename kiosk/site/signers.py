"""Signers that count at this site, by the files that kiosk.toml names: policy of signers, reviews
of a pack judged by it, and the check that a pack is signed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import PackError, StartupError
from kiosk.file_access import read_file
from kiosk.library.pack.reader import Pack, checked_seal
from kiosk.library.review.standing import NO_REVIEWS, PackReviews
from kiosk.settings.model import ReviewSettings

if TYPE_CHECKING:
    from kiosk.library.review.verdict import SignerPolicy

_SIGNED_ALONE = "This kiosk opens only signed packs: signed-packs in kiosk.toml."
_UNSIGNED_FOLDER = (
    "This kiosk opens only signed packs (signed-packs in kiosk.toml), and its content is a folder. "
    "`kiosk build` makes a pack of it, `kiosk pack sign` signs that."
)


def reviews_here(pack: Pack, review: ReviewSettings) -> PackReviews:
    """Return the review stages of the topics in an open pack, as this site judges them now.

    Returns NO_REVIEWS where the settings name no file of allowed signers, that file or the one of
    revoked keys cannot be used, or the pack has no reviews.
    """
    if not review.allowed_signers or not pack.has_reviews():
        return NO_REVIEWS  # the usual case, which imports nothing
    from kiosk.library.review.pack_reviews import reviews_of

    return reviews_of(pack, policy_of(review), now())


def check_signed(pack: Pack, review: ReviewSettings) -> None:
    """Refuse a pack that no accepted signer has signed, if the settings ask for signed packs.

    The whole file is read, since a signature is of its seal. Raises StartupError for an unsigned
    or damaged pack and for a content directory; does nothing where the setting is off.
    """
    if not review.signed_packs:
        return
    from kiosk.library.pack.cache import own_cache_folder
    from kiosk.library.review.pack_signature import signer_of

    if pack.path is None or pack.path.parent == own_cache_folder():
        raise StartupError(_UNSIGNED_FOLDER)
    try:
        signer_of(pack.path, checked_seal(pack.path), policy_of(review), now())
        pack.another().close()  # refuses another file than the one that was opened
    except PackError as error:
        raise StartupError(f"{error} {_SIGNED_ALONE}") from None


def policy_of(review: ReviewSettings) -> SignerPolicy:
    """Return this site's policy on signatures: accepted signers, revoked keys, how many must sign.

    Does not raise: where a file cannot be read or used, `problem` of the policy says why, and then
    no signature counts. A file of signers inside a content directory is refused, since authors of
    texts could then choose who approves them.
    """
    from kiosk.library.review.allowed_signers import parse_allowed_signers
    from kiosk.library.review.revoked_keys import RevokedKeys, parse_revoked_keys
    from kiosk.library.review.ssh_wire import WireError
    from kiosk.library.review.verdict import Fault, SignerPolicy

    if not review.allowed_signers:
        return SignerPolicy(needed=review.reviewers)
    file, revoked = Path(review.allowed_signers), RevokedKeys()
    problem = None
    signers = parse_allowed_signers(b"")
    try:
        if not file.is_absolute():
            problem = f"{file} is no absolute path, such as /etc/kiosk/allowed_signers"
        elif _is_inside_content(file):
            problem = f"{file} lies inside the content, whose authors could allow themselves"
        signers = parse_allowed_signers(read_file(file))
        if review.revoked_keys:
            revoked = parse_revoked_keys(read_file(Path(review.revoked_keys)))
    except StartupError as error:
        problem = str(error).rstrip(".")
    except WireError as error:
        problem = f"{review.revoked_keys} cannot be read: {error}"
    return SignerPolicy(
        signers.signers, revoked, review.reviewers,
        (Fault.BAD_SIGNERS, problem) if problem else None, signers.problems,
    )  # fmt: skip


def signer_files(review: ReviewSettings) -> list[Path]:
    """Return the paths of the files of allowed signers and revoked keys that the settings name.

    They are watched for changes, so that a key that is removed counts no more.
    """
    return [Path(name) for name in (review.allowed_signers, review.revoked_keys) if name]


def now() -> datetime:
    """Return the current time in this machine's time zone."""
    return datetime.now().astimezone()


def _is_inside_content(file: Path) -> bool:
    """Return whether a folder above a file, or above what it is a link to, is a content tree."""
    folders = {*file.absolute().parents, *file.resolve().parents}
    return any(folder.joinpath("library.toml").exists() for folder in folders)
