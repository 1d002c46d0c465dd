"""The SSH server with the client of OpenSSH, its key, its journal, its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import stat
from pathlib import Path

import asyncssh
import pytest

from kiosk.password_hash import hash_password
from kiosk.serve.sockets import listen_tcp
from kiosk.serve.ssh.host_key import host_key, public_line
from kiosk.settings.server import Auth, SshSettings
from tests.support.serve.ssh_clients import Opens, openssh_output, read, until, visit


async def test_the_openssh_client(opens: Opens, tmp_path: Path) -> None:
    here = await opens()
    assert b"bye" in await openssh_output(here.port, tmp_path, "-tt", keys=b"q")
    assert here.sessions.opened[0].request.options == {}
    out = await openssh_output(here.port, tmp_path, "-T", keys=b"q")
    assert b"Welcome" in out
    assert here.sessions.opened[1].request.options == {"presentation": "lines"}


async def test_the_key_is_made_once_and_kept_closely(opens: Opens, tmp_path: Path) -> None:
    here = await opens()
    file = tmp_path / "ssh" / "ssh_host_ed25519_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == [file.name]
    conn = await here.come()
    shown = conn.get_server_host_key()
    assert shown is not None
    assert (
        shown.export_public_key().decode().split()[1]
        == public_line(host_key(file.parent)).split()[1]
    )
    conn.abort()


async def test_random_bytes_at_the_port_are_no_login(opens: Opens) -> None:
    here = await opens(login_grace_time=0.5)
    for noise in (
        b"GET / HTTP/1.1\r\n\r\n",
        os.urandom(4096),
        b"SSH-2.0-\xff\xfe\r\n",
        b"\0" * 9000,
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
        with contextlib.suppress(ConnectionError):
            writer.write(noise)
            assert re.fullmatch(rb"SSH-2.0-kiosk\r\n.*", await reader.read(), re.DOTALL)
        writer.close()
    await until(lambda: here.server.connections == 0)
    async with await here.come() as conn:
        await read(await visit(conn))


async def test_the_journal_has_addresses_only_if_asked(opens: Opens) -> None:
    for asked in (False, True):
        here = await opens(log_addresses=asked)
        async with await here.come() as conn:
            await read(await visit(conn))
        assert any("127.0.0.1" in line for line in here.log) == asked


async def test_new_settings_hold_for_new_connections(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.server.reconfigure(SshSettings(auth=Auth.PASSWORD, password=hash_password("4711")))
        with pytest.raises(asyncssh.PermissionDenied):
            await here.come()
        process.stdin.write(b"still here")
        await read(process, b"still here")


async def test_a_closed_server_leaves_open_sessions_alone(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.server.close()
        with pytest.raises(OSError, match=r"refused|Connect"):
            await here.come()
        process.stdin.write(b"still here")
        await read(process, b"still here")
        await here.server.wait_closed()
    await until(lambda: not here.sessions.opened[0].is_open)


async def test_several_servers_share_a_port() -> None:
    first = listen_tcp("127.0.0.1", 0, reuse_port=True)
    port = first[0].getsockname()[1]
    second = listen_tcp("127.0.0.1", port, reuse_port=True)
    with pytest.raises(OSError, match="in use"):
        listen_tcp("127.0.0.1", port)
    for connection in (*first, *second):
        connection.close()
