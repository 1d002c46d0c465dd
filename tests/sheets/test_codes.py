"""Text in codes: as many as it takes, each read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sheets.codes import code_of, split, texts_for


@given(st.text(alphabet="ab ñé¿\n0", min_size=1, max_size=600), st.sampled_from([17, 32, 53, 134]))
def test_the_parts_of_a_text_fit_and_say_all_of_it(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(len(part.encode()) <= most for part in parts)
    if len(parts) > 1:
        assert [part.split()[0] for part in parts] == [
            f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)
        ]
        told = "".join(part.partition(" ")[2] for part in parts)
        assert "".join(told.split()) == "".join(text.split())


def test_an_address_is_never_cut() -> None:
    address = "https://clinic.example/leaky-gut"
    assert texts_for(address, 45) == (address,)
    assert texts_for(address, 24) == ()


@pytest.mark.parametrize("room", [23, 25, 28, 30, 45, 60])
def test_a_code_fits_its_window(room: int) -> None:
    for text in texts_for("What could cause my symptoms? " * 6, room):
        modules = code_of(text, room)
        assert modules is not None
        assert len(modules) <= room
        assert len({len(row) for row in modules}) == 1


def test_an_address_that_no_code_can_hold_has_none() -> None:
    address = "https://clinic.example/" + "a" * 4000
    assert code_of(address, 1000) is None
    assert texts_for(address, 1000) == ()
