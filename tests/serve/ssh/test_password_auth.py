"""Passwords: wrong ones are counted, by source; right ones are not, and cost one comparison."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.serve.ssh.password_auth import WRONG_A_MINUTE, PasswordVerifier


class Door:
    """It compares slowly: not before all have asked."""

    def __init__(self) -> None:
        self.now = 0.0
        self.compared: list[str] = []
        self.all_have_asked = threading.Event()
        self.passwords = PasswordVerifier("kept", self.fits, lambda: self.now)

    def fits(self, password: str, _: str) -> bool:
        assert self.all_have_asked.wait(10)
        self.compared.append(password)
        return password == "right"

    async def ask(self, *asked: tuple[str, str]) -> list[bool]:
        """All at once."""
        asking = asyncio.gather(*(self.passwords.verify(*one) for one in asked))
        await asyncio.sleep(0.01)
        self.all_have_asked.set()
        return await asking


async def test_wrong_ones_are_looked_at_so_often_and_no_more() -> None:
    door = Door()
    many = [(f"wrong {number}", "a") for number in range(3 * WRONG_A_MINUTE)]
    assert not any(await door.ask(*many))
    assert len(door.compared) == WRONG_A_MINUTE
    assert await door.ask(("right", "a")) == [False]
    assert await door.ask(("right", "b")) == [True], "another source"
    assert await door.ask(("right", "a")) == [True], "known by now"
    door.now += 60.0 / WRONG_A_MINUTE
    assert not any(await door.ask(("wrong", "a"), ("wrong", "a")))
    assert door.compared.count("wrong") == 1


@pytest.mark.parametrize("count", [1, 3 * WRONG_A_MINUTE])
async def test_right_ones_are_not_counted_as_wrong(count: int) -> None:
    door = Door()
    assert all(await door.ask(*[("right", "a")] * count))
    assert door.compared == ["right"]
    wrong = [(f"wrong {number}", "a") for number in range(WRONG_A_MINUTE)]
    assert not any(await door.ask(*wrong))
    assert len(door.compared) == 1 + WRONG_A_MINUTE
