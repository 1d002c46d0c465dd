"""A pack from anybody makes the kiosk run, write and wait for nothing: one sentence, or nothing."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.library.pack import connection
from kiosk.library.pack.connection import PackConnection
from kiosk.library.pack.reader import Pack, open_pack, verified
from kiosk.library.pack.verify import verify
from tests.support.library.edited_pack import edit_pack, flip_bit, set_body
from tests.support.library.small_pack import small_pack
from tests.support.system.peak_memory import PeakMemory
from tests.support.timing import check_time

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
TOPIC = "CREATE TABLE topic (number INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.pack"
    file.write_bytes(small_pack())
    return file


def use(opened: Pack) -> None:
    """All that a visit does with a pack."""
    opened.library()
    opened.themes()
    opened.failed_themes()
    opened.open_topic("sore-back", "en")
    opened.card("sore-back", "en")
    for text in ("", "s", "sore", "back pain"):
        opened.find_topics(text, "en")
    opened.find_topics("", "en", "Backs")


STRANGE = {
    "a view": ("CREATE VIEW evil AS SELECT 1", "view evil"),
    "a trigger": (
        "CREATE TRIGGER evil AFTER INSERT ON topic BEGIN DELETE FROM topic; END",
        "trigger evil",
    ),
    "another table": ("CREATE TABLE evil (x)", "table evil"),
    "an index of an expression": ("CREATE INDEX evil ON topic (hex(body))", "index evil"),
    "a foreign module": ("CREATE VIRTUAL TABLE evil USING rtree(a, b, c)", "table evil"),
    "another search table": ("CREATE VIRTUAL TABLE evil USING fts5(x)", "table evil"),
    "a lost table": ("DROP TABLE grouped", "no table grouped"),
    "no search table": ("DROP TABLE card_terms", "no table card_terms"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_schema_that_no_build_writes(pack: Path, name: str) -> None:
    sql, words = STRANGE[name]
    edit_pack(pack, sql)
    with pytest.raises(PackError, match=f"it is no pack of this kiosk: it has {words}"):
        open_pack(pack)


REPLACED = {
    "a view in place of a table": ("meta", f"CREATE VIEW meta AS {ENDLESS}"),
    "an endless view of topics": ("topic", f"CREATE VIEW topic AS {ENDLESS}"),
    "a generated column": (
        "topic",
        f"{TOPIC}, body TEXT GENERATED ALWAYS AS (hex(zeroblob(1e9))), sha256 TEXT)",
    ),
    "a default that is a call": (
        "topic",
        f"{TOPIC}, body TEXT DEFAULT (load_extension('evil')), sha256 TEXT NOT NULL)",
    ),
    "a check that is a call": (
        "grouped",
        "CREATE TABLE grouped (language, name, number CHECK (randomblob(1e9)))",
    ),
    "a search table with other options": (
        "card_terms",
        "CREATE VIRTUAL TABLE card_terms USING fts5(title, names, summary, content='topic')",
    ),
}


@pytest.mark.parametrize("name", REPLACED)
def test_a_table_that_no_build_writes(pack: Path, name: str) -> None:
    table, sql = REPLACED[name]
    edit_pack(pack, f"DROP TABLE {table}", sql)
    with pytest.raises(PackError, match=f"it has (table|view) {table}"):
        open_pack(pack)


def test_a_schema_written_by_hand(pack: Path) -> None:
    change = "UPDATE sqlite_schema SET sql = replace(sql, 'UNIQUE', 'CHECK(1), UNIQUE')"
    edit_pack(pack, "PRAGMA writable_schema = ON", f"{change} WHERE name = 'topic'")
    with pytest.raises(PackError, match="it has table topic"):
        open_pack(pack)


BODIES: dict[str, tuple[str | bytes | int | None, str]] = {
    "nested deep": ("[" * 100_000, "nested too deep|recursion"),
    "a number of many digits": ('{"id":' + "9" * 5000 + "}", "damaged"),
    "no JSON": ("{", "damaged"),
    "another type": ('{"id":1}', "damaged: not a Topic"),
    "a list": ("[]", "damaged: not a Topic"),
    "a BLOB's bytes": (b"\xff\xfe", "damaged"),
    "a number": (5, "damaged: not a Topic"),
    "an escape sequence": ('{"id":"\\u001b]0;x"}', "a character that no build writes"),
    "half of a character": ('{"id":"\\ud800"}', "a character that no build writes"),
    "text turned around": ('{"id":"\u202e"}', "a character that no build writes"),
    "a C1 control": ('{"id":"\x9b"}', "a character that no build writes"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_text_that_no_build_writes(pack: Path, name: str) -> None:
    body, words = BODIES[name]
    set_body(pack, body)
    with open_pack(pack) as opened, pytest.raises(PackError, match=words):
        opened.open_topic("sore-back", "en")
    with pytest.raises(PackError):
        verify(pack)


@pytest.mark.timed
def test_a_text_that_is_too_long_is_not_read(pack: Path) -> None:
    set_body(pack, '"' + "x" * (connection.LONGEST + 1) + '"')
    began = time.monotonic()
    with open_pack(pack) as opened, pytest.raises(PackError, match="too big"):
        opened.open_topic("sore-back", "en")
    check_time(time.monotonic() - began, 1, "refusing the text")


def test_a_wrong_hash(pack: Path) -> None:
    edit_pack(pack, "UPDATE topic SET sha256 = 'x'")
    with open_pack(pack) as opened, pytest.raises(PackError, match="not what was built"):
        opened.open_topic("sore-back", "en")


def test_a_topic_under_anothers_name(pack: Path) -> None:
    edit_pack(pack, "UPDATE topic SET id = 'x'", "UPDATE card SET id = 'x'")
    with pytest.raises(PackError, match="the table card is not what was built"):
        verify(pack)


@pytest.mark.timed
def test_no_query_lasts(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "QUERY_TIMEOUT", 0.2)
    opened, began = PackConnection(pack), time.monotonic()
    with pytest.raises(PackError, match="interrupted"):
        opened.rows(ENDLESS)
    check_time(time.monotonic() - began, 1, "interrupting the query")


def test_what_a_connection_has_switched_off(pack: Path) -> None:
    opened = PackConnection(pack)
    assert opened.rows("PRAGMA trusted_schema") == [(0,)]
    assert opened.rows("PRAGMA query_only") == [(1,)]
    for sql in (
        "SELECT load_extension('evil')",
        "ATTACH DATABASE '/tmp/evil' AS evil",
        "CREATE TABLE evil (x)",
        "SELECT hex(zeroblob(9000000))",
    ):
        with pytest.raises(PackError):
            opened.rows(sql)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "empty").write_bytes(b"")
    table = {
        "pipe": "it is no ordinary file",
        "loop": "it cannot be read: Too many levels",
        "empty": "it is empty",
        ".": "it is a directory, not a pack",
        "none": "there is no such file",
        "x" * 300: "it cannot be read: File name too long",
        "empty/x": "it cannot be read: Not a directory",
    }
    for name, words in table.items():
        with pytest.raises(PackError, match=words) as unreadable:
            open_pack(tmp_path / name)
        assert "\n" not in str(unreadable.value)


def test_a_pack_that_says_who_built_it_in_escapes(pack: Path) -> None:
    edit_pack(
        pack,
        "UPDATE meta SET value = 'x' WHERE key = 'shapes'",
        "UPDATE meta SET value = char(27) || ']0;evil' WHERE key = 'version'",
    )
    with pytest.raises(PackError) as unreadable:
        open_pack(pack)
    assert str(unreadable.value).isprintable()


def tried(pack: Path) -> str:
    """What comes of using a pack; it is an error of ours only if it is another than Unreadable."""
    try:
        with open_pack(pack) as opened:
            use(opened)
    except (PackError, KeyError):
        return "refused"
    return "used"


@pytest.mark.slow
def test_bits_that_are_flipped_anywhere_are_found_when_all_of_it_is_looked_at(pack: Path) -> None:
    whole, rng = pack.read_bytes(), random.Random(1)
    last = [n for page in range(len(whole) // 4096) for n in (page * 4096, page * 4096 + 4095)]
    for at in (*range(120), *last, *(rng.randrange(len(whole)) for _ in range(400))):
        pack.write_bytes(whole)
        flip_bit(pack, at, rng.randrange(8))
        with pytest.raises(PackError):
            verified(pack)


def test_a_pack_of_random_damage_is_used_or_refused(pack: Path) -> None:
    whole, rng = pack.read_bytes(), random.Random(2)
    came = set()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 40)):
            at = rng.randrange(100, len(content) - 8)
            content[at : at + 8] = rng.randbytes(8)
        pack.write_bytes(content)
        came.add(tried(pack))
    assert came == {"used", "refused"}


@pytest.mark.timed
def test_a_search_index_of_random_bytes_is_used_or_refused(pack: Path) -> None:
    whole, rng = pack.read_bytes(), random.Random(3)
    longest = 0.0
    memory = PeakMemory()
    for _ in range(150):
        pack.write_bytes(whole)
        block = rng.randbytes(rng.randint(0, 300))
        edit_pack(pack, "UPDATE card_terms_data SET block = :block WHERE id > 0", block=block)
        began = time.monotonic()
        tried(pack)
        longest = max(longest, time.monotonic() - began)
    check_time(longest, 2.5, "the slowest index")
    assert memory.growth() < 200 << 20, "bytes"
