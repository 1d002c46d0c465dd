"""All that an SSH client may ask for and is refused."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import asyncssh
import pytest

from kiosk import fallback_messages
from kiosk.serve.pool.session import Refusal
from tests.support.serve.ssh_clients import WAIT, Opens, read, visit


@pytest.mark.parametrize("command", ["id", "scp -t /tmp", "rm -rf /; kiosk", "internal-sftp"])
async def test_a_command_is_refused_in_words(opens: Opens, command: str) -> None:
    here = await opens()
    async with await here.come() as conn:
        result = await asyncio.wait_for(conn.run(command), WAIT)
    assert result.exit_status == 1
    assert str(result.stderr).strip() == fallback_messages.NO_COMMANDS
    assert not result.stdout
    assert not here.sessions.opened


async def test_a_command_may_be_left_unread_instead(opens: Opens) -> None:
    here = await opens(ignore_commands=True)
    async with await here.come() as conn:
        process = await visit(conn, command="id")
        await read(process)
        assert here.sessions.opened


async def test_no_subsystem_no_sftp(opens: Opens) -> None:
    here = await opens()
    for name in ("sftp", "netconf", "x" * 5000):
        async with await here.come() as conn:
            with pytest.raises(asyncssh.ChannelOpenError):
                await conn.create_process(subsystem=name)
    async with await here.come() as conn:
        with pytest.raises(asyncssh.Error):
            await conn.start_sftp_client()


async def test_nothing_is_forwarded(opens: Opens, tmp_path: Path) -> None:
    here = await opens()
    target = socket.create_server(("127.0.0.1", 0))
    target.settimeout(0.2)
    port = target.getsockname()[1]
    async with await here.come() as conn:
        with pytest.raises(asyncssh.ChannelOpenError, match="Nothing is forwarded"):
            await conn.open_connection("127.0.0.1", port)  # -L, -D and -W
        with pytest.raises(asyncssh.ChannelListenError):
            await conn.start_server(lambda *_: None, "", 0)  # -R
        with pytest.raises(asyncssh.ChannelOpenError, match="Nothing is forwarded"):
            await conn.open_unix_connection(str(tmp_path / "some.sock"))
        with pytest.raises(asyncssh.ChannelListenError):
            await conn.start_unix_server(lambda *_: None, str(tmp_path / "other.sock"))
        for kind in (conn.create_tun, conn.create_tap):
            with pytest.raises(asyncssh.ChannelOpenError):
                await kind(asyncssh.SSHTunTapSession)
    with pytest.raises(TimeoutError):
        target.accept()
    target.close()
    assert not (tmp_path / "other.sock").exists()


async def test_no_agent_no_x11_no_variables(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    here = await opens()
    answers: dict[str, bool | None] = {}
    async with await here.come() as conn:
        process = await visit(conn, env={f"V{i}": "x" * 100 for i in range(200)})
        await read(process)
        channels = next(iter(here.server._connections))._channels
        [serving] = channels.values()
        assert serving.get_environment_bytes() == {}
        ask = process.channel._make_request
        for name, rest in {
            "auth-agent-req@openssh.com": (),
            "x11-req": (
                b"\0", asyncssh.packet.String("MIT-MAGIC-COOKIE-1"),
                asyncssh.packet.String("00" * 16), asyncssh.packet.UInt32(0),
            ),
            "env": (asyncssh.packet.String("LD_PRELOAD"), asyncssh.packet.String("/tmp/x.so")),
            "shell": (),
            "exec": (asyncssh.packet.String("id"),),
            "subsystem": (asyncssh.packet.String("sftp"),),
            "pty-req": None,
            "unheard-of@example.com": (),
        }.items():  # fmt: skip
            if rest is not None:
                answers[name] = await ask(name.encode(), *rest)
        assert not any(answers.values()), answers
        assert len(here.sessions.opened) == 1
    assert isinstance(serving, asyncssh.SSHServerChannel)
    assert serving.get_x11_display() is None
    assert serving.get_agent_path() is None


async def test_one_connection_is_one_visit(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        await read(await visit(conn))
        with pytest.raises(asyncssh.ChannelOpenError, match="One visit"):
            await visit(conn)


async def test_no_compression_and_no_large_primes(opens: Opens) -> None:
    here = await opens()
    with pytest.raises(asyncssh.KeyExchangeFailed):
        await here.come(compression_algs=["zlib@openssh.com"])
    for kind in ("diffie-hellman-group16-sha512", "diffie-hellman-group-exchange-sha256"):
        with pytest.raises(asyncssh.KeyExchangeFailed):
            await here.come(kex_algs=[kind])


async def test_a_full_or_closing_server_says_so(opens: Opens) -> None:
    here = await opens()
    for refusal in Refusal:
        words = fallback_messages.REFUSED_SESSION[refusal]
        here.sessions.refusal = refusal
        async with await here.come() as conn:
            process = await visit(conn)
            assert words.encode() + b"\r\n" in await read(process, b"staff.")
            assert (await process.wait(timeout=WAIT)).exit_status == 1
