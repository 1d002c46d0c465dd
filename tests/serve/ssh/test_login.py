"""Logging in over SSH: who may, how long that may take, and how many."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import asyncssh
import pytest

from kiosk import fallback_messages
from kiosk.password_hash import hash_password
from tests.support.serve.ssh_clients import (
    WAIT,
    Opens,
    openssh_output,
    read,
    reads_nothing,
    until,
    visit,
)


async def test_the_right_password_logs_in_and_a_wrong_one_does_not(opens: Opens) -> None:
    here = await opens(auth="password", password=hash_password("4711"))
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come(password="4712")
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come()
    async with await here.come(password="4711") as conn:
        await read(await visit(conn))


async def test_passwords_are_not_tried_one_after_another(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    here = await opens(auth="password", password="kept")

    def compare(hashed: str, _: str) -> bool:
        asked.append(hashed)
        return hashed == "right"

    monkeypatch.setattr(here.server._context.passwords, "_verify", compare)
    for number in range(12):
        with pytest.raises(asyncssh.PermissionDenied):
            await here.come(password=f"wrong {number}")
    assert len(asked) == 10
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come(password="right")


async def test_many_with_the_right_password_cost_one(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await opens(auth="password", password="kept")
    asked: list[str] = []

    def compare(hashed: str, _: str) -> bool:
        asked.append(hashed)
        return True

    monkeypatch.setattr(here.server._context.passwords, "_verify", compare)
    for _ in range(15):
        async with await here.come(password="right"):
            pass
    assert asked == ["right"]


@pytest.mark.parametrize("commands", [False, True])
async def test_a_listed_key_logs_in_and_another_does_not(
    opens: Opens, tmp_path: Path, commands: bool
) -> None:
    """What else their lines ask for is another program's: a visit is a visit."""
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    file = tmp_path / "keys"
    file.write_bytes(b'command="id",environment="A=b" ' + mine.export_public_key())
    here = await opens(auth="keys", keys=str(file), ignore_commands=commands)
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come(client_keys=[other])
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come()
    async with await here.come(client_keys=[mine]) as conn:
        await read(await visit(conn))
        [serving] = next(iter(here.server._connections))._channels.values()
        assert isinstance(serving, asyncssh.SSHServerChannel)
        assert serving.get_command() is None
        assert serving.get_environment_bytes() == {}


async def test_too_many_tries_end_it(opens: Opens, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_public_key())
    here = await opens(auth="keys", keys=str(file))
    keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(10)]
    with pytest.raises(asyncssh.DisconnectError) as ended:
        await here.come(client_keys=keys)
    assert ended.value.reason == "Too many tries"


async def test_a_client_that_never_logs_in_is_disconnected(opens: Opens) -> None:
    here = await opens(login_grace_time=0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
    assert (await reader.readline()).startswith(b"SSH-2.0-kiosk")
    assert await asyncio.wait_for(reader.read(), WAIT) == b""
    writer.close()


async def test_a_client_that_requests_no_session_is_disconnected(opens: Opens) -> None:
    here = await opens(login_grace_time=0.3)
    conn = await here.come()
    await asyncio.wait_for(conn.wait_closed(), WAIT)


async def test_a_connection_has_an_end(opens: Opens) -> None:
    here = await opens(max_connection_time=0.3)
    async with await here.come() as conn:
        process = await visit(conn)
        assert fallback_messages.ENDED["too long"].encode() in await read(process, b"again.")


@pytest.mark.slow
async def test_a_client_that_answers_no_keepalive_is_disconnected(opens: Opens) -> None:
    here = await opens(keepalive_interval=0.1)
    conn = await here.come()
    await read(await visit(conn))
    reads_nothing(conn)
    await until(lambda: not here.sessions.opened[0].is_open)
    conn.abort()


async def test_of_too_many_idle_logins_the_oldest_are_closed(opens: Opens) -> None:
    here = await opens(max_startups=20)
    standing = [await asyncio.open_connection("127.0.0.1", here.port) for _ in range(25)]
    await until(lambda: here.server.connections == 20)
    async with await here.come() as conn:
        await read(await visit(conn))
    gone = [await asyncio.wait_for(reader.read(), WAIT) for reader, _ in standing[:5]]
    assert all(line in (b"", b"SSH-2.0-kiosk\r\n") for line in gone)
    for _, writer in standing:
        writer.close()


async def test_too_many_connections_are_refused_before_key_exchange(opens: Opens) -> None:
    here = await opens(max_connections=2)
    first, second = await here.come(), await here.come()
    with pytest.raises(asyncssh.DisconnectError) as refused:
        await here.come()
    assert refused.value.code == asyncssh.DISC_TOO_MANY_CONNECTIONS
    assert refused.value.reason.startswith(fallback_messages.FULL)
    assert here.server.refused == 1
    first.abort()
    await until(lambda: here.server.connections == 1)
    async with await here.come() as conn:
        await read(await visit(conn))
    second.abort()


async def test_the_openssh_client_shows_why(opens: Opens, tmp_path: Path) -> None:
    here = await opens(max_connections=1)
    conn = await here.come()
    output = await openssh_output(here.port, tmp_path)
    assert fallback_messages.FULL in output.decode()
    conn.abort()


async def test_far_above_the_limit_connections_are_refused_without_a_message(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.serve.ssh.admission.MAX_MESSAGES_PER_MINUTE", 3)
    here = await opens(connection_rate_per_source=2)
    said = []
    for _ in range(8):
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
        with contextlib.suppress(ConnectionError):
            said.append(len(await asyncio.wait_for(reader.read(9), WAIT)) > 0)
        writer.close()
    assert said == [True] * 5 + [False] * 3
