"""Passwords: wrong ones are counted, by source; right ones are not, and cost one comparison."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.serve.ssh.password_auth import MAX_WRONG_PER_MINUTE, PasswordVerifier


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
