"""The SSH door over loopback: what it lets in, and all that it refuses. The house is a fake."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import re
import socket
import stat
import subprocess
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from kiosk import bare_words
from kiosk.hashed import fits, hashed
from kiosk.serve import ssh_line
from kiosk.serve.console import LARGEST
from kiosk.serve.host_key import host_key, public_line
from kiosk.serve.ssh_door import SshDoor
from kiosk.serve.ssh_rules import Rules
from kiosk.serve.tcp import listen
from tests.serve.ssh_house import PAGE, FakeHouse

WAIT = 5.0


class Here:
    """A door on loopback, and its house."""

    def __init__(self, door: SshDoor, house: FakeHouse, port: int, log: list[str]) -> None:
        self.door, self.house, self.port, self.log = door, house, port, log

    async def come(self, name: str = "education", **more: Any) -> asyncssh.SSHClientConnection:
        told = {"known_hosts": None, "client_keys": None, "agent_path": None, "config": None}
        return await asyncssh.connect("127.0.0.1", self.port, username=name, **{**told, **more})


Opens = Callable[..., Awaitable[Here]]


@pytest.fixture
async def opens(tmp_path: Path) -> AsyncIterator[Opens]:
    doors: list[SshDoor] = []

    async def open_with(**rules: Any) -> Here:
        house, log = FakeHouse(), list[str]()
        key = host_key(tmp_path / "ssh")
        wants = {"plain": {"manner": "lines"}, "education-es": {"language": "es"}}
        door = SshDoor(
            house, Rules(**rules), key,
            fits=fits, wants_in=lambda name: wants.get(name, {}), log=log.append,
        )  # fmt: skip
        sockets = listen("127.0.0.1", 0)
        door.open(sockets)
        doors.append(door)
        return Here(door, house, sockets[0].getsockname()[1], log)

    before = set(os.listdir("/proc/self/fd"))
    yield open_with
    for door in doors:
        await door.end()
    await until(lambda: len(os.listdir("/proc/self/fd")) <= len(before))


async def until(true: Callable[[], Any], seconds: float = WAIT) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)


async def visit(
    conn: asyncssh.SSHClientConnection, **more: Any
) -> asyncssh.SSHClientProcess[bytes]:
    told: dict[str, Any] = {"term_type": "xterm-256color", "term_size": (80, 24), "encoding": None}
    return await conn.create_process(**{**told, **more})


async def read(process: asyncssh.SSHClientProcess[bytes], until_seen: bytes = PAGE) -> bytes:
    got = b""
    async with asyncio.timeout(WAIT):
        while until_seen not in got:
            more = await process.stdout.read(65536)
            assert more, got
            got += more
    return got


# -- a visit


async def test_a_visit_comes_and_goes(opens: Opens) -> None:
    here = await opens()
    async with await here.come("education-es") as conn:
        process = await visit(conn)
        await read(process)
        [stay] = here.house.stays
        assert stay.guest.size == (80, 24)
        assert stay.guest.term == "xterm-256color"
        assert stay.guest.wants == {"language": "es"}
        process.stdin.write(b"\x03\x04\x1aabc")
        assert await read(process, b"abc") == b"\x03\x04\x1aabc", "raw: no key is a signal"
        process.stdin.write(b"q")
        end = await read(process, b"\x1b[?25h")
        assert end.startswith(b"qbye"[1:]) or b"bye" in end
        assert b"\x1b[?1049l" in end
        assert (await process.wait(timeout=WAIT)).exit_status == 0
        await asyncio.wait_for(conn.wait_closed(), WAIT)
    await until(lambda: here.door.connections == 0)


async def test_who_leaves_takes_the_visit_along(opens: Opens) -> None:
    here = await opens()
    conn = await here.come()
    await read(await visit(conn))
    conn.abort()
    await until(lambda: not here.house.stays[0].is_open)
    await until(lambda: here.door.connections == 0)


async def test_nothing_of_a_connection_is_left_to_be_searched_for(opens: Opens) -> None:
    here = await opens()
    left: list[weakref.ref[Any]] = []
    gc.collect()
    gc.disable()
    try:
        for number in range(6):
            conn = await here.come()
            process = await visit(conn)
            await read(process)
            [line] = here.door._lines
            left += [weakref.ref(line), weakref.ref(line.visitor)]
            del line
            if number % 2:
                conn.abort()
            else:
                process.stdin.write(b"q")
                await conn.wait_closed()
            await until(lambda: not here.door.connections)
        here.house.stays.clear()
        await until(lambda: not any(one() for one in left))
    finally:
        gc.enable()


async def test_a_visit_that_ends_says_why(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.house.stays[0].over("crashed")
        assert bare_words.ENDED["crashed"].encode() in await read(process, b"again.")
        assert (await process.wait(timeout=WAIT)).exit_status == 1


async def test_sizes_are_passed_on_and_a_drag_is_one(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        for columns in range(81, 181):
            process.change_terminal_size(columns, 40)
        stay = here.house.stays[0]
        await until(lambda: stay.sizes and stay.sizes[-1] == (180, 40))
        assert len(stay.sizes) < 5
        process.change_terminal_size(65535, 65535)
        await until(lambda: stay.sizes[-1] == LARGEST)
        process.change_terminal_size(0, 0)
        await until(lambda: stay.sizes[-1] == (80, 24))


@pytest.mark.parametrize(
    ("told", "size", "term", "manner"),
    [
        ({"term_size": (0, 0)}, (80, 24), "xterm-256color", None),
        ({"term_size": (65535, 65535)}, LARGEST, "xterm-256color", None),
        ({"term_size": (2**32 - 1, 1)}, (400, 6), "xterm-256color", None),
        ({"term_type": "x" * 10_000}, (80, 24), "vt100", None),
        ({"term_type": "../../etc/passwd"}, (80, 24), "vt100", None),
        ({"term_type": "dumb"}, (80, 24), "dumb", "lines"),
        ({"term_type": None, "request_pty": False}, (80, 24), "", "lines"),
    ],
)
async def test_what_a_client_says_of_its_terminal(
    opens: Opens, told: dict[str, Any], size: tuple[int, int], term: str, manner: str | None
) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn, **told)
        await read(process)
        guest = here.house.stays[0].guest
        assert (guest.size, guest.term, guest.wants.get("manner")) == (size, term, manner)


async def test_without_a_terminal_there_are_pipes_and_their_end(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn, term_type=None, request_pty=False)
        await read(process)
        stay = here.house.stays[0]
        assert not os.isatty(stay.source)
        process.stdin.write(b"1\n2\n")
        process.stdin.write_eof()
        await until(lambda: stay.input_ended)
        assert stay.heard == b"1\n2\n"
        os.write(stay.sink, b"still told")
        assert b"still told" in await read(process, b"still told")
        stay.over("over")
        result = await process.wait(timeout=WAIT)
        assert result.exit_status == 0
        assert b"\x1b" not in (result.stdout or b"")


async def test_told_lines_in_a_terminal_are_edited_there(opens: Opens) -> None:
    here = await opens()
    async with await here.come("plain") as conn:
        process = await visit(conn)
        await read(process)
        stay = here.house.stays[0]
        here.house.echoes = False
        process.stdin.write(b"12\x7f\r")
        await until(lambda: stay.heard == b"1\n")
        assert b"12" in await read(process, b"2")


# -- flow


async def test_a_client_that_reads_slowly_makes_the_visit_wait(opens: Opens) -> None:
    here = await opens(unread=60.0)
    async with await here.come() as conn:
        channel, _ = await conn.create_session(
            Deaf, term_type="xterm", term_size=(80, 24), encoding=None, window=1000
        )
        await until(lambda: here.house.stays)
        sink = here.house.stays[0].sink
        os.set_blocking(sink, False)
        written, quiet = 0, 0
        async with asyncio.timeout(WAIT):
            while quiet < 30:
                try:
                    written += os.write(sink, b"x" * 4096)
                    quiet = 0
                except BlockingIOError:
                    quiet += 1
                await asyncio.sleep(0.002)
        assert written < 300_000
        channel.resume_reading()


class Deaf(asyncssh.SSHClientSession[bytes]):
    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self.chan = chan
        chan.pause_reading()

    def session_started(self) -> None:
        self.chan.pause_reading()


async def test_a_client_that_reads_nothing_is_left(opens: Opens) -> None:
    here = await opens(unread=0.3)
    async with await here.come() as conn:
        await conn.create_session(
            Deaf, term_type="xterm", term_size=(80, 24), encoding=None, window=1000
        )
        await until(lambda: here.house.stays)
        stay = here.house.stays[0]
        os.set_blocking(stay.sink, False)
        async with asyncio.timeout(WAIT):
            while stay.is_open:
                with contextlib.suppress(BlockingIOError):
                    os.write(stay.sink, b"x" * 4096)
                await asyncio.sleep(0.002)
        await until(lambda: here.door.connections == 0, WAIT)


async def test_a_client_whose_socket_stands_still_is_left(opens: Opens) -> None:
    """It gave a large window and reads nothing at all: the transport's own buffer tells."""
    here = await opens(unread=0.3)
    conn = await here.come()
    await visit(conn, window=2**30)
    await until(lambda: here.house.stays)
    reads_nothing(conn)
    stay, written = here.house.stays[0], 0
    os.set_blocking(stay.sink, False)
    async with asyncio.timeout(WAIT):
        while stay.is_open:
            with contextlib.suppress(BlockingIOError):
                written += os.write(stay.sink, b"x" * 4096)
            await asyncio.sleep(0)
    assert written < 8_000_000
    await until(lambda: here.door.connections == 0, WAIT)
    conn.abort()


def reads_nothing(conn: asyncssh.SSHClientConnection) -> None:
    assert conn._transport is not None
    conn._transport.pause_reading()


async def test_more_input_than_a_visit_reads_waits_at_the_client(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        stay = here.house.stays[0]
        loop = asyncio.get_running_loop()
        loop.remove_reader(stay.source)
        process.stdin.write(b"k" * 200_000)
        await asyncio.sleep(0.3)
        assert process.channel.get_write_buffer_size() > 100_000
        here.house.echoes = False
        loop.add_reader(stay.source, stay._hear)
        await until(lambda: len(stay.heard) == 200_000)


async def test_a_flood_of_input_comes_in_later(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_line, "A_MINUTE_OF_INPUT", 100_000)
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.house.echoes = False
        process.stdin.write(b"k" * 150_000)
        stay = here.house.stays[0]
        await until(lambda: len(stay.heard) > 50_000)
        await asyncio.sleep(0.5)
        assert len(stay.heard) < 150_000


# -- what is refused


@pytest.mark.parametrize("command", ["id", "scp -t /tmp", "rm -rf /; kiosk", "internal-sftp"])
async def test_a_command_is_refused_in_words(opens: Opens, command: str) -> None:
    here = await opens()
    async with await here.come() as conn:
        result = await asyncio.wait_for(conn.run(command), WAIT)
    assert result.exit_status == 1
    assert str(result.stderr).strip() == bare_words.NO_COMMANDS
    assert not result.stdout
    assert not here.house.stays


async def test_a_command_may_be_left_unread_instead(opens: Opens) -> None:
    here = await opens(commands="visit")
    async with await here.come() as conn:
        process = await visit(conn, command="id")
        await read(process)
        assert here.house.stays


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
        held = next(iter(here.door._lines))._channels
        [serving] = held.values()
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
        assert len(here.house.stays) == 1
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


async def test_a_full_house_says_so(opens: Opens) -> None:
    here = await opens()
    for why, words in (("full", bare_words.FULL), ("closing", bare_words.CLOSING)):
        here.house.why_not = why
        async with await here.come() as conn:
            process = await visit(conn)
            assert words.encode() + b"\r\n" in await read(process, b"staff.")
            assert (await process.wait(timeout=WAIT)).exit_status == 1


# -- who may come in, and how long that may take


async def test_a_password(opens: Opens) -> None:
    here = await opens(entry="password", password=hashed("4711"))
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
    here = await opens(entry="password", password="kept")

    def compare(one: str, _: str) -> bool:
        asked.append(one)
        return one == "right"

    monkeypatch.setattr(here.door.passwords, "_fits", compare)
    for number in range(12):
        with pytest.raises(asyncssh.PermissionDenied):
            await here.come(password=f"wrong {number}")
    assert len(asked) == 10
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come(password="right")


async def test_many_with_the_right_password_cost_one(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await opens(entry="password", password="kept")
    asked: list[str] = []

    def compare(one: str, _: str) -> bool:
        asked.append(one)
        return True

    monkeypatch.setattr(here.door.passwords, "_fits", compare)
    for _ in range(15):
        async with await here.come(password="right"):
            pass
    assert asked == ["right"]


async def test_keys(opens: Opens, tmp_path: Path) -> None:
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    file = tmp_path / "keys"
    file.write_bytes(b'command="id",environment="A=b" ' + mine.export_public_key())
    here = await opens(entry="keys", keys=str(file), commands="visit")
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come(client_keys=[other])
    with pytest.raises(asyncssh.PermissionDenied):
        await here.come()
    async with await here.come(client_keys=[mine]) as conn:
        await read(await visit(conn))


async def test_too_many_tries_end_it(opens: Opens, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_public_key())
    here = await opens(entry="keys", keys=str(file))
    keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(10)]
    with pytest.raises(asyncssh.DisconnectError) as ended:
        await here.come(client_keys=keys)
    assert ended.value.reason == "Too many tries"


async def test_one_who_never_comes_in_is_shown_out(opens: Opens) -> None:
    here = await opens(grace=0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
    assert (await reader.readline()).startswith(b"SSH-2.0-kiosk")
    assert await asyncio.wait_for(reader.read(), WAIT) == b""
    writer.close()


async def test_one_who_begins_nothing_is_shown_out(opens: Opens) -> None:
    here = await opens(grace=0.3)
    conn = await here.come()
    await asyncio.wait_for(conn.wait_closed(), WAIT)


async def test_a_connection_has_an_end(opens: Opens) -> None:
    here = await opens(longest=0.3)
    async with await here.come() as conn:
        process = await visit(conn)
        assert bare_words.ENDED["too long"].encode() in await read(process, b"again.")


async def test_a_client_that_answers_no_question_is_left(opens: Opens) -> None:
    here = await opens(keepalive=0.1)
    conn = await here.come()
    await read(await visit(conn))
    reads_nothing(conn)
    await until(lambda: not here.house.stays[0].is_open)
    conn.abort()


async def test_of_those_who_only_stand_there_the_oldest_go(opens: Opens) -> None:
    here = await opens(arriving=20)
    standing = [await asyncio.open_connection("127.0.0.1", here.port) for _ in range(25)]
    await until(lambda: here.door.connections == 20)
    async with await here.come() as conn:
        await read(await visit(conn))
    gone = [await asyncio.wait_for(reader.read(), WAIT) for reader, _ in standing[:5]]
    assert all(one in (b"", b"SSH-2.0-kiosk\r\n") for one in gone)
    for _, writer in standing:
        writer.close()


# -- too many


async def test_too_many_are_told_before_any_keys(opens: Opens) -> None:
    here = await opens(connections=2)
    first, second = await here.come(), await here.come()
    with pytest.raises(asyncssh.DisconnectError) as refused:
        await here.come()
    assert refused.value.code == asyncssh.DISC_TOO_MANY_CONNECTIONS
    assert refused.value.reason.startswith(bare_words.FULL)
    assert here.door.refused == 1
    first.abort()
    await until(lambda: here.door.connections == 1)
    async with await here.come() as conn:
        await read(await visit(conn))
    second.abort()


async def test_a_stock_client_shows_why(opens: Opens, tmp_path: Path) -> None:
    here = await opens(connections=1)
    conn = await here.come()
    told = await stock(here.port, tmp_path)
    assert bare_words.FULL in told.decode()
    conn.abort()


async def test_far_above_the_limit_nobody_is_told_anything(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.serve.admission.WORDS_A_MINUTE", 3)
    here = await opens(a_minute_from_one=2)
    said = []
    for _ in range(8):
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
        with contextlib.suppress(ConnectionError):
            said.append(len(await asyncio.wait_for(reader.read(9), WAIT)) > 0)
        writer.close()
    assert said == [True] * 5 + [False] * 3


# -- the stock client, the key, the rest


async def stock(port: int, folder: Path, *more: str, keys: bytes = b"") -> bytes:
    process = await asyncio.create_subprocess_exec(
        "ssh", "-F", "none", "-p", str(port), "-o", "StrictHostKeyChecking=no",
        "-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "IdentitiesOnly=yes",
        *more, "education@127.0.0.1",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(keys), 15)
    return out


async def test_the_stock_client(opens: Opens, tmp_path: Path) -> None:
    here = await opens()
    assert b"bye" in await stock(here.port, tmp_path, "-tt", keys=b"q")
    assert here.house.stays[0].guest.wants == {}
    out = await stock(here.port, tmp_path, "-T", keys=b"q")
    assert b"Welcome" in out
    assert here.house.stays[1].guest.wants == {"manner": "lines"}


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


async def test_noise_at_the_door(opens: Opens) -> None:
    here = await opens(grace=0.5)
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
    await until(lambda: here.door.connections == 0)
    async with await here.come() as conn:
        await read(await visit(conn))


async def test_the_journal_has_addresses_only_if_asked(opens: Opens) -> None:
    for asked in (False, True):
        here = await opens(addresses=asked)
        async with await here.come() as conn:
            await read(await visit(conn))
        assert any("127.0.0.1" in line for line in here.log) == asked


async def test_new_rules_hold_for_those_who_come_then(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.door.obey(Rules(entry="password", password=hashed("4711")))
        with pytest.raises(asyncssh.PermissionDenied):
            await here.come()
        process.stdin.write(b"still here")
        await read(process, b"still here")


async def test_a_closed_door_leaves_those_who_are_inside(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.door.close()
        with pytest.raises(OSError, match=r"refused|Connect"):
            await here.come()
        process.stdin.write(b"still here")
        await read(process, b"still here")
        await here.door.end()
    await until(lambda: not here.house.stays[0].is_open)


async def test_several_servers_share_a_port() -> None:
    first = listen("127.0.0.1", 0, shared=True)
    port = first[0].getsockname()[1]
    second = listen("127.0.0.1", port, shared=True)
    with pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", port)
    for one in (*first, *second):
        one.close()
