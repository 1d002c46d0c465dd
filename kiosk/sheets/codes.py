"""QR codes of a text: splits it into parts that fit a window of a given size, and makes the code of
each.

A code is as small as its text lets it be. A long text is split at spaces, and each part begins with
its number, so that a person who scans the codes reads them in order.
"""

from __future__ import annotations

BYTES_BY_MODULES = {21: 17, 25: 32, 29: 53, 33: 78, 37: 106, 41: 134}
"""Bytes that a code holds at error correction L, by its modules, versions 1 to 6: larger ones
cannot be scanned at arm's length."""
QUIET = (4, 3, 2, 1)
"""Light modules around a code, the first of these that fits. The standard has four; telephones and
zbar do with one."""

Modules = tuple[tuple[bool, ...], ...]
"""The modules of a code, True for dark, with the quiet zone around them."""


def split(text: str, most: int) -> tuple[str, ...]:
    """Return `text` split at spaces into parts of at most `most` bytes of UTF-8 each; a longer word
    is cut. If there are several parts, each begins with its number, such as `1/3 `.
    """
    if len(text.encode()) <= most:
        return (text,)
    count = 2
    while len(parts := _parts(text, most - len(f"{count}/{count} "))) > count:
        count = max(count + 1, len(parts))
    return tuple(f"{number}/{len(parts)} {part}" for number, part in enumerate(parts, start=1))


def _parts(text: str, most: int) -> list[str]:
    parts, part = [], ""
    for word in text.split():
        while len(word.encode()) > most:  # an address that is longer than a code
            cut = word.encode()[:most].decode("utf-8", "ignore")
            parts += [part, cut] if part else [cut]
            part, word = "", word[len(cut) :]
        longer = f"{part} {word}".strip()
        if len(longer.encode()) > most:
            parts.append(part)
            longer = word
        part = longer
    return [*parts, part] if part else parts


def texts_for(text: str, room: int) -> tuple[str, ...]:
    """Return the texts of the QR codes in which `text` is shown in a window that is `room` modules
    (squares of a code) wide and high: one text for each code.

    A long text is split at spaces. One without spaces is taken for a web address, of no use in
    parts: it gets one code. Empty if no code fits.
    """
    fitting = [most for size, most in BYTES_BY_MODULES.items() if size + 2 <= room]
    if not fitting:
        return ()
    if " " not in text:
        return (text,) if code_of(text, room) else ()
    return split(text, fitting[-1])


def code_of(text: str, room: int) -> Modules | None:
    """Return the QR code of `text` as rows of modules (True is dark), with a light border; None if
    it does not fit a window `room` modules wide and high.

    The error correction is the strongest that does not make the code larger.
    """
    import segno

    try:
        made = segno.make_qr(text, error="l", boost_error=True)
    except segno.DataOverflowError:  # no code at all is large enough
        return None
    size = made.symbol_size(border=0)[0]
    border = next((cells for cells in QUIET if size + 2 * cells <= room), None)
    if border is None:
        return None
    return tuple(tuple(bool(cell) for cell in row) for row in made.matrix_iter(border=border))
