"""The file of allowed signers, in the format that ssh-keygen(1) describes (ALLOWED SIGNERS).

A line is `principals [options] keytype key [comment]`. A line that cannot be read allows nobody,
and is reported; the others count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from kiosk.fast_dataclass import dataclass
from kiosk.library.review.ssh_wire import WireError, from_base64, key_type

_SPACE = " \t\r\n"
_KEY_TYPE = re.compile(r"(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+")
_OPTIONS = re.compile(r'(?:\\"|"(?:\\"|[^"])*"|[^\s"])+')
_OPTION = re.compile(r'([A-Za-z-]+)(?:="((?:\\"|[^"])*)")?(,|$)')
_TIME = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)?(Z|UTC)?", re.IGNORECASE)
_KNOWN = ("cert-authority", "namespaces", "valid-after", "valid-before")
_MOST = 1_000_000
"""Bytes of a file; a longer one is none."""


@dataclass(frozen=True)
class AllowedSigner:
    """One line of the file of allowed signers: who may sign, with which key, and for what."""

    line: int
    principals: str
    """A list of patterns, as the file has it."""
    key: bytes
    """As SSH encodes it."""
    namespaces: str | None = None
    """A list of patterns; None for every namespace."""
    valid_after: datetime | None = None
    valid_before: datetime | None = None
    is_authority: bool = False
    """True if the key only signs certificates."""

    def is_for(self, principal: str) -> bool:
        """Return whether this line of the file of allowed signers is for a person (principal)."""
        return matches(principal, self.principals)

    def permits(self, namespace: str) -> bool:
        """Return whether the line lets its key sign for a namespace, such as reviews of topics."""
        return self.namespaces is None or matches(namespace, self.namespaces)


@dataclass(frozen=True)
class AllowedSigners:
    """Contents of a file of allowed signers: lines that count, and what is wrong with the rest."""

    signers: tuple[AllowedSigner, ...]
    problems: tuple[str, ...] = ()
    """A sentence for each line that cannot be read, with its number."""


def parse_allowed_signers(raw: bytes) -> AllowedSigners:
    """Return the lines of a file of allowed signers that count, and what is wrong with others."""
    signers, problems = [], []
    text = raw[:_MOST].decode("utf-8", errors="replace")
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip(_SPACE)
        if not line or line.startswith("#"):
            continue
        try:
            signers.append(_signer(number, line))
        except WireError as error:
            problems.append(f"line {number}: {error}")
    if len(raw) > _MOST:
        problems.append("the file is too long")
    return AllowedSigners(tuple(signers), tuple(problems))


def _signer(number: int, line: str) -> AllowedSigner:
    principals, rest = _first_word(line)
    if not principals or not rest:
        raise WireError("no key after the name")
    options: dict[str, str] = {}
    if not _KEY_TYPE.fullmatch(_first_word(rest)[0]):
        words, rest = _split_options(rest)
        options = dict(_options(words))
    key = parse_public_key(rest)
    after, before = (_time(options.get(name)) for name in ("valid-after", "valid-before"))
    if after and before and before <= after:
        raise WireError("valid-before is not later than valid-after")
    return AllowedSigner(
        number, principals, key, options.get("namespaces"), after, before,
        "cert-authority" in options,
    )  # fmt: skip


def parse_public_key(text: str) -> bytes:
    """Return the key, as SSH encodes it, in text such as `ssh-ed25519 AAAA... comment`.

    Raises WireError where the text is none.
    """
    words = text.split(None, 2)
    if len(words) < 2 or not _KEY_TYPE.fullmatch(words[0]):
        raise WireError("no public key")
    blob = from_base64(words[1])
    if key_type(blob) != words[0]:
        raise WireError(f"the key is not of the type {words[0]}")
    return blob


def _first_word(line: str) -> tuple[str, str]:
    """Return the first word, which may stand in double quotes, and what follows it."""
    if line.startswith('"'):
        word, quote, rest = line[1:].partition('"')
        if not quote:
            raise WireError("a quote mark is missing")
        return word, rest.strip(_SPACE)
    word, _, rest = line.replace("\t", " ").partition(" ")
    return word, rest.strip(_SPACE)


def _split_options(text: str) -> tuple[str, str]:
    """Return the options and what follows them: they end at the first space outside quotes."""
    match = _OPTIONS.match(text)
    end = match.end() if match else 0
    return text[:end], text[end:].strip(_SPACE)


def _options(text: str) -> Iterator[tuple[str, str]]:
    seen, at = set(), 0
    while at < len(text):
        match = _OPTION.match(text, at)
        name = match[1].lower() if match else ""
        if match is None or name not in _KNOWN or (match[2] is None) != (name == _KNOWN[0]):
            raise WireError(f"an option that is not known: {text[at:]}")
        if name in seen:
            raise WireError(f"{name} stands there twice")
        seen.add(name)
        yield name, (match[2] or "").replace('\\"', '"')
        at = match.end()


def _time(text: str | None) -> datetime | None:
    """Return a time, in this machine's zone unless it ends with Z; raises WireError."""
    if text is None:
        return None
    match = _TIME.fullmatch(text)
    if not match:
        raise WireError(f"{text!r} is no time, such as 20271231 or 20271231235900Z")
    digits = match[1] + (match[2] or "0000")
    form = "%Y%m%d%H%M%S" if len(digits) == 14 else "%Y%m%d%H%M"
    try:
        time = datetime.strptime(digits, form)
        return time.replace(tzinfo=UTC) if match[3] else time.astimezone()
    except (ValueError, OverflowError):
        raise WireError(f"{text!r} is no time, such as 20271231 or 20271231235900Z") from None


def matches(name: str, patterns: str) -> bool:
    """Return whether `name` fits a comma-separated list of patterns with `*`, `?` and `!`.

    A pattern after `!` that fits refuses the name, as ssh_config(5) says (PATTERNS).
    """
    is_matched = False
    for pattern in patterns.split(","):
        is_negated = pattern.startswith("!")
        parts = (
            {"*": ".*", "?": "."}.get(letter, re.escape(letter))
            for letter in pattern.removeprefix("!")
        )
        if re.fullmatch("".join(parts), name, re.DOTALL):
            if is_negated:
                return False
            is_matched = True
    return is_matched
