"""Passwords: wrong ones are counted, by source; right ones are not, and cost one comparison."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.serve.ssh.password_auth import (
    MAX_SOURCES,
    MAX_VERIFIED_PER_MINUTE,
    MAX_WRONG_PER_MINUTE,
    PasswordVerifier,
)


class SlowVerifier:
    """It compares slowly: not before all have asked."""

    def __init__(self) -> None:
        self.now = 0.0
        self.compared: list[str] = []
        self.all_have_asked = threading.Event()
        self.passwords = PasswordVerifier("hash", self.compare, lambda: self.now)

    def compare(self, password: str, _: str) -> bool:
        assert self.all_have_asked.wait(10)
        self.compared.append(password)
        return password == "right"

    async def ask(self, *asked: tuple[str, str]) -> list[bool]:
        """All at once."""
        asking = asyncio.gather(*(self.passwords.verify(*attempt) for attempt in asked))
        await asyncio.sleep(0.01)
        self.all_have_asked.set()
        return await asking


async def test_wrong_passwords_are_compared_a_limited_number_of_times() -> None:
    verifier = SlowVerifier()
    many = [(f"wrong {number}", "a") for number in range(3 * MAX_WRONG_PER_MINUTE)]
    assert not any(await verifier.ask(*many))
    assert len(verifier.compared) == MAX_WRONG_PER_MINUTE
    assert await verifier.ask(("right", "a")) == [False]
    assert await verifier.ask(("right", "b")) == [True], "another source"
    assert await verifier.ask(("right", "a")) == [True], "known by now"
    verifier.now += 60.0 / MAX_WRONG_PER_MINUTE
    assert not any(await verifier.ask(("wrong", "a"), ("wrong", "a")))
    assert verifier.compared.count("wrong") == 1


@pytest.mark.parametrize("count", [1, 3 * MAX_WRONG_PER_MINUTE])
async def test_right_passwords_do_not_count_as_wrong(count: int) -> None:
    verifier = SlowVerifier()
    assert all(await verifier.ask(*[("right", "a")] * count))
    assert verifier.compared == ["right"]
    wrong = [(f"wrong {number}", "a") for number in range(MAX_WRONG_PER_MINUTE)]
    assert not any(await verifier.ask(*wrong))
    assert len(verifier.compared) == 1 + MAX_WRONG_PER_MINUTE


async def test_who_has_many_addresses_guesses_no_faster() -> None:
    """One at a time, and so many a minute, whatever the addresses; memory has its bound, too."""
    waits: list[float] = []
    compared: list[str] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    def compare(password: str, _: str) -> bool:
        compared.append(password)
        return password == "right"

    passwords = PasswordVerifier("hash", compare, lambda: 0.0, pause)
    networks = [f"2001:db8:0:{number:x}::1" for number in range(MAX_SOURCES + 200)]
    assert not any([await passwords.verify("wrong", address) for address in networks])
    late = len(compared) - MAX_VERIFIED_PER_MINUTE
    assert len(waits) == late
    assert waits[-1] == pytest.approx(late * 60 / MAX_VERIFIED_PER_MINUTE)
    assert len(passwords._wrong) <= MAX_SOURCES
    assert await passwords.verify("right", "192.0.2.1")
    waits.clear()
    assert await passwords.verify("right", "192.0.2.2")
    assert waits == []
