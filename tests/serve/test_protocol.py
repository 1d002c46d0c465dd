"""What comes along the control is a message, or nothing; no descriptor is left open by rubbish."""

from __future__ import annotations

import os
import socket

import pytest

from kiosk.serve import protocol


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_a_message_comes_whole_with_its_descriptors() -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        protocol.send(ours, {"size": [80, 24]}, (null.fileno(), null.fileno()))
        told, given = protocol.receive(theirs)
        assert protocol.size_in(told) == (80, 24)
        assert len(given) == 2
        assert null.fileno() not in given
        assert not any(os.get_inheritable(one) for one in given)
        protocol.close(given)


@pytest.mark.parametrize("rubbish", [b"{", b"[]", b"\xff", b'"x"', b"null", b"x" * 70_000])
def test_rubbish_is_no_message_and_its_descriptors_are_closed(rubbish: bytes) -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        before = open_descriptors()
        socket.send_fds(ours, [rubbish], [null.fileno()] * 3)
        with pytest.raises(ValueError, match=r"message|Expecting|decode"):
            protocol.receive(theirs)
        assert open_descriptors() == before


def test_more_descriptors_than_are_taken_are_closed() -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        before = open_descriptors()
        socket.send_fds(ours, [b"{}"], [null.fileno()] * 50)
        with pytest.raises(ValueError, match="cut short"):
            protocol.receive(theirs)
        assert open_descriptors() == before


def test_the_end_of_the_other_is_the_end() -> None:
    ours, theirs = protocol.pair()
    ours.close()
    with theirs, pytest.raises(EOFError):
        protocol.receive(theirs)


@pytest.mark.parametrize("size", [None, [], [80], [80, 24, 1], ["80", "24"], [80.0, 24], [True, 1]])
def test_what_is_no_size(size: object) -> None:
    with pytest.raises(ValueError, match="no size"):
        protocol.size_in({"size": size})
