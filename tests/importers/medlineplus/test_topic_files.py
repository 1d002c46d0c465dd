"""Files that are not what they should be: refused in one sentence, nothing written."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import SourceError
from kiosk.importers.medlineplus.importer import import_medlineplus
from tests.support.importers.health_topics import SPANISH, topic, write_bilingual_library, xml
from tests.support.importers.run_importer import imported

GOOD = xml(topic())
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE health-topics [<!ENTITY l0 "lol">{LAUGHS}]>'


def zipped(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged_lzma() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", GOOD * 50)
    content = bytearray(buffer.getvalue())
    content[50:58] = b"\xff" * 8
    return bytes(content)


def bomb(megabytes: int) -> bytes:
    """That much of one element that has not ended; each chunk of it is small."""
    filler = b"<health-topics>" + b"<!-- -->" * (megabytes * 131_072)
    return zipped(("topics.xml", filler))


HOSTILE: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "no XML": (b"A page about necks.", "is no whole XML file: syntax error, at line 1"),
    "empty": (b"", "is no whole XML file: no element found"),
    "truncated": (GOOD.encode()[:-30], "is no whole XML file"),
    "another root": (b"<topics/>", "begins with <topics>, not with <health-topics>"),
    "an inner DTD": (
        xml(topic(), head="<!DOCTYPE health-topics [<!ELEMENT x ANY>]>").encode(),
        "declares a document type of its own, which is refused",
    ),
    "billion laughs": (
        xml(topic(inner="<group>&l9;</group>"), head=BILLION).encode(),
        "declares a document type of its own, which is refused",
    ),
    "external entity": (
        xml(
            topic(inner="<group>&f;</group>"),
            head='<!DOCTYPE health-topics [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        ).encode(),
        "declares a document type of its own, which is refused",
    ),
    "a DTD from elsewhere": (
        xml(topic(), head='<!DOCTYPE health-topics SYSTEM "file:///etc/passwd">').encode(),
        "names a document type that is not the NLM's",
    ),
    "an entity of the DTD": (
        xml(topic(inner="<group>&f;</group>")).encode(),
        "declares or uses an entity, which is refused",
    ),
    "an entity of none": (xml(topic(inner="&f;"), head="").encode(), "undefined entity"),
    "two of one id": (xml(topic(), topic(url="https://x/y.html")).encode(), "have the id 61"),
    "no id": (xml(topic(id="")).encode(), 'topic Sore Neck has no "id"'),
    "no topics": (xml().encode(), "holds no topic that can be imported"),
    "another element": (xml("<page/>").encode(), "holds <page> where a <health-topic>"),
    "a huge attribute": (
        xml(topic(title="x" * 10_000_000)).encode(),
        "has a tag of more than 1,000,000 bytes",
    ),
    "a huge text": (xml(topic("x" * 2_000_000)).encode(), "more than 1,000,000 characters"),
    "deep": (
        xml(topic(inner="<a>" * 50_000 + "</a>" * 50_000)).encode(),
        "has more than 8 elements within each other",
    ),
    "wrong encoding": (
        GOOD.replace("Sore Neck", "Sóre Neck").encode("latin-1"),
        "is no whole XML file: not well-formed (invalid token)",
    ),
    "an encoding of no one": (
        GOOD.replace("UTF-8", "KLINGON").encode(),
        "is in an encoding that cannot be read",
    ),
    "a control character": (
        GOOD.replace("Sore Neck", "Sore\x1bNeck").encode(),
        "is no whole XML file: not well-formed (invalid token)",
    ),
    "a zip of two": (
        zipped(("a.xml", GOOD.encode()), ("b.xml", GOOD.encode())),
        "holds 2 files, where one XML file is expected",
    ),
    "a zip of a path": (
        zipped(("../../evil.xml", GOOD.encode())),
        'holds "../../evil.xml", where one XML file is expected',
    ),
    "a zip of something else": (zipped(("a.exe", b"MZ")), 'holds "a.exe"'),
    "half a zip": (zipped(("a.xml", GOOD.encode()))[:60], "cannot be unpacked"),
    "a damaged LZMA zip": (damaged_lzma(), "cannot be unpacked"),
    "half a gz": (gzip.compress(GOOD.encode())[:-20], "cannot be unpacked"),
    "no gz": (b"\x1f\x8b\x08nothing", "cannot be unpacked"),
    "a zip bomb": (lambda: bomb(260), "holds more than 200 MB of XML"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_whole(name: str, tmp_path: Path) -> None:
    content, words = HOSTILE[name]
    output, status = imported(tmp_path, content if isinstance(content, bytes) else content())
    assert status == 1
    assert words in output
    assert output.count("\n") == 1
    assert len(output) < 300
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "file.xml"]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        xml(topic(), head="").encode(),
        GOOD.replace("UTF-8", "UTF-16").encode("utf-16"),
        zipped(("mplus_topics_2024-08-10.xml", GOOD.encode())),
        gzip.compress(GOOD.encode()),
    ],
    ids=["plain", "no DTD", "UTF-16", "zip", "gz"],
)
def test_the_forms_that_the_file_comes_in(content: bytes, tmp_path: Path) -> None:
    output, status = imported(tmp_path, content)
    assert (status, output.split(":")[0]) == (0, "1 topics read")
    assert (tmp_path / "out" / "soreneck" / "topic.toml").is_file()


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    output, status = imported(tmp_path, GOOD.encode())
    assert status == 1
    assert "is there already, and is not empty" in output
    assert (tmp_path / "out" / "mine").read_text() == "mine"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    library = tmp_path / "base"
    write_bilingual_library(library)
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        import_medlineplus(tmp_path / "no", tmp_path / "out", library, None, None, io.StringIO())


def test_spanish_where_the_library_has_no_words_for_it(tmp_path: Path) -> None:
    tree = write_bilingual_library(tmp_path / "base")
    tree.change("library.toml", '["en", "es"]', '["en"]')
    output, status = imported(tmp_path, xml(topic(), SPANISH).encode())
    assert status == 0
    assert "1 in Spanish not imported" in output
    assert "has no words in that language" in output
    output, status = imported(tmp_path, xml(topic(), SPANISH).encode(), "other", "es")
    assert (status, "has no words in Spanish" in output) == (1, True)
