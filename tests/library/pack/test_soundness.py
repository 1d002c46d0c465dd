"""A sealed pack in which a visit could not go on, or would skip the cautions, is no pack."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import PackError
from kiosk.library.pack import install as installing
from kiosk.library.pack import integrity
from kiosk.library.pack.connection import open_file
from kiosk.library.pack.install import install
from kiosk.library.pack.reader import open_pack
from kiosk.library.pack.verify import verify
from tests.support.answers.asking import shipped_bytes

pytestmark = pytest.mark.slow

Body = dict[str, Any]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.pack"
    file.write_bytes(shipped_bytes())
    return file


def rewrite(
    pack: Path, change: Callable[[Body], None], table: str = "topic", term: str = ""
) -> None:
    """Change the topic, its card or the library in a pack, with all hashes that fit.

    With a `term`, that is gated where a text speaks of something to take.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(pack.read_bytes())
        ((text,),) = connection.execute(f"SELECT body FROM {table}")
        body = json.loads(text)
        change(body)
        text = json.dumps(body, ensure_ascii=False)
        digest = sha256(text.encode()).hexdigest()
        connection.execute(f"UPDATE {table} SET body = ?, sha256 = ?", (text, digest))
        if term:
            row = ("leaky-gut", "en", "as-products", term)
            connection.execute("INSERT INTO locked_gated_term VALUES (?, ?, ?, ?)", row)
        for name, count, whole in integrity.digests(connection.execute):
            connection.execute(
                "UPDATE manifest SET count = ?, sha256 = ? WHERE name = ?", (count, whole, name)
            )
        pack.write_bytes(integrity.sealed(connection.serialize()))


def gated(body: Body) -> Body:
    return next(section for section in body["sections"] if section.get("requires"))


def no_steps(body: Body) -> None:
    body["steps"] = []


def an_unknown_step(body: Body) -> None:
    body["steps"] = ["nope"]


def no_sections(body: Body) -> None:
    body["sections"] = []


def an_unknown_caution(body: Body) -> None:
    gated(body)["requires"] = ["nope"]


def no_gate(body: Body) -> None:
    gated(body).pop("requires")


def a_gate_of_one_caution(body: Body) -> None:
    gated(body)["requires"] = gated(body)["requires"][:1]


def no_cautions(body: Body) -> None:
    body["cautions"] = []


def an_unknown_statement(body: Body) -> None:
    body["sections"][0]["claims"][0]["rests_on"] = ["nope"]


def an_unknown_detour(body: Body) -> None:
    body["sections"][0]["offers"] = ["nope"]


def a_detour_behind_cautions(body: Body) -> None:
    body["sections"][0]["offers"] = [gated(body)["id"]]


def a_step_behind_cautions(body: Body) -> None:
    body["steps"] = [gated(body)["id"], *body["steps"]]


CHANGES = (
    no_steps, an_unknown_step, no_sections, an_unknown_caution, no_gate, a_gate_of_one_caution,
    no_cautions, an_unknown_statement, an_unknown_detour, a_detour_behind_cautions,
    a_step_behind_cautions,
)  # fmt: skip


def test_a_topic_that_was_written_again_unchanged_is_good(pack: Path) -> None:
    for table in ("topic", "card", "library"):
        rewrite(pack, lambda body: None, table)
    verify(pack)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_topic_on_which_a_visit_cannot_rely_is_neither_verified_installed_nor_opened(
    pack: Path, tmp_path: Path, change: Callable[[Body], None]
) -> None:
    rewrite(pack, change)
    with pytest.raises(PackError, match="no build writes"):
        verify(pack)
    with pytest.raises(PackError, match="no build writes"):
        install(pack, tmp_path / "library.pack")
    assert not (tmp_path / "library.pack").exists()
    with open_pack(pack) as opened, pytest.raises(PackError, match="no build writes"):
        opened.open_topic("leaky-gut", "en")


def says(text: str) -> dict[str, str]:
    return dict.fromkeys(("plain", "everyday", "professional"), text)


def first_claim(text: str) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        body["sections"][0]["claims"][0]["wording"] = says(text)

    return change


def statement(body: Body) -> None:
    next(s for s in body["statements"] if not s.get("supplement"))["says"] = "Zinc helps."


def caution(body: Body) -> None:
    body["cautions"][0]["wording"] = says("Ask before you take zinc.")


def glossary(body: Body) -> None:
    body["glossary"][0]["meaning"] = says("What zinc does.")


def preview(body: Body) -> None:
    body["preview"] = says("Zinc helps.")


def phrase(body: Body) -> None:
    words = body["words"]["en"]["phrases"]
    words[next(iter(words))] = "Zinc helps."


def policy(body: Body) -> None:
    body["policies"]["en"]["parts"][0]["wording"] = says("We sell zinc.")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("topic", first_claim("Zinc helps.")),
        ("topic", first_claim("Z I N C helps.")),
        ("topic", first_claim("Lactobacillus helps.")),  # on no product: its author lists it
        ("topic", statement),
        ("topic", caution),
        ("topic", glossary),
        ("card", preview),
        ("library", phrase),
        ("library", policy),
    ],
)
def test_an_open_text_that_names_what_is_behind_cautions_is_neither_verified_nor_installed(
    pack: Path, tmp_path: Path, table: str, change: Callable[[Body], None]
) -> None:
    rewrite(pack, change, table)
    with pytest.raises(PackError, match="that no build writes"):
        verify(pack)
    with pytest.raises(PackError, match="that no build writes"):
        install(pack, tmp_path / "library.pack")
    assert not (tmp_path / "library.pack").exists()


def test_what_the_body_has_may_be_named_but_not_as_something_to_take(pack: Path) -> None:
    rewrite(pack, first_claim("Your body makes insulin."), term="insulin")
    verify(pack)
    rewrite(pack, first_claim("Buy insulin tablets."))
    with pytest.raises(PackError, match='"insulin" as something to buy or take'):
        verify(pack)


def test_what_is_installed_is_what_was_verified_though_the_file_is_swapped(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = pack.read_bytes(), tmp_path / "bad.pack"
    bad.write_bytes(good)
    rewrite(bad, no_gate)

    def swap_after(file: Path) -> None:
        verify(file)
        if file == pack:
            pack.write_bytes(bad.read_bytes())

    def swap_before(file: Path) -> int:
        if file == pack:
            pack.write_bytes(bad.read_bytes())
        return open_file(file)

    for name, swapped in (("verify", swap_after), ("open_file", swap_before)):
        pack.write_bytes(good)
        monkeypatch.setattr(installing, name, swapped)
        target = tmp_path / name / "library.pack"
        target.parent.mkdir()
        with suppress(PackError):
            install(pack, target)
        if target.exists():
            verify(target)
            assert target.read_bytes() == good
        monkeypatch.undo()
