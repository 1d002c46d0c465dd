"""What a visit gives up before it has its terminal: files, sockets, programs, other processes.

Two kept libraries, of the extra `unattended`: landlockpy (Landlock) and pyseccomp (libseccomp).
Where the kernel or a library lacks one, the other stands alone, and `kiosk doctor` says so. Python
imports some of itself late, so its own folders stay readable.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

REFUSED = (
    # another program, another process
    "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev",
    "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "kcmp",
    "process_madvise", "process_mrelease", "migrate_pages", "move_pages", "vhangup",
    # how fast another may run
    "setpriority", "ioprio_set", "sched_setaffinity", "sched_setscheduler", "sched_setparam",
    "sched_setattr",
    # anybody else
    "socket", "connect", "bind", "listen", "accept", "accept4",
    # files
    "creat", "truncate", "ftruncate", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat",
    "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr",
    "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "utime", "utimes", "futimesat",
    "utimensat", "open_by_handle_at", "memfd_create", "memfd_secret",
    # the machine
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "bpf", "perf_event_open",
    "keyctl", "add_key", "request_key", "init_module", "finit_module", "delete_module",
    "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl",
    "settimeofday", "clock_settime", "adjtimex", "sethostname", "setdomainname", "syslog",
    "userfaultfd", "personality", "iopl", "ioperm", "setsid", "fchmodat2",
    # what would be there for a later visit
    "shmget", "msgget", "semget", "mq_open",
)  # fmt: skip
"""System calls that fail with EPERM."""
BY_VISITS = ("fork", "vfork", "pidfd_open", "socketpair")
"""These fail in a visit; its factory forks with them."""
UNKNOWN = ("clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register")
"""System calls whose arguments a filter cannot see: as on a kernel without them, ENOSYS."""
THREAD = 0x00010000
"""CLONE_THREAD: what starts without it is a process."""
WRITING = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND)
TO_TERMINAL = (0x5412, 0x541C, 0x540E, 0x5423, 0x8901, 0x8902)
"""TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCSETD: typing or pasting into a terminal on somebody's behalf,
or taking it over; FIOSETOWN and SIOCSPGRP as `OWNING`."""
FCNTL = ("fcntl", "fcntl64")
OWNING = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: with them the kernel sends another process any signal."""


class Sandbox:
    """Gives up in two steps: most of it in the factory, and the rest in each visit that it forks.

    What every visit did for itself would be 4 MB of its own, and milliseconds.

    Args:
        kept: a file that may still be read: each visit opens the pack for a place of its own in it.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._scope: Any = None
        self._filter: Any = None

    def give_up(self) -> list[str]:
        """In the factory, once all is read: give up all but forking; what could not be, and why.

        Call it before any thread is started.
        """
        return [why for why in (self._landlock(), self._seccomp()) if why]

    def give_up_more(self) -> list[str]:
        """In a visit: give up forking, and reaching any other process."""
        try:
            if self._scope is not None:
                self._scope.restrict()
            if self._filter is not None:
                import pyseccomp as seccomp

                refuse, own = seccomp.ERRNO(errno.EPERM), os.getpid()
                for name in ("kill", "tgkill"):
                    self._filter.add_rule(refuse, name, seccomp.Arg(0, seccomp.NE, own))
                self._filter.load()
        except (OSError, ValueError) as error:
            return [f"other processes: {error}"]
        return []

    def _landlock(self) -> str:
        """Empty where Landlock holds."""
        try:
            from landlockpy import AccessFS, Ruleset, Scope

            scopes = Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET
            with Ruleset(scoped=scopes) as rules:
                for folder in readable():
                    access = AccessFS.READ_FILE | AccessFS.READ_DIR
                    rules.allow_path(folder, access if folder.is_dir() else AccessFS.READ_FILE)
                if self._kept is not None:
                    rules.allow_path(self._kept, AccessFS.READ_FILE)
                rules.restrict()
            with contextlib.suppress(OSError):  # a kernel that knows no scopes has the filter
                self._scope = Ruleset(handled_fs=AccessFS.NONE, scoped=scopes)
        except (ImportError, OSError, ValueError) as error:
            return f"landlock: {error}"
        return ""

    def _seccomp(self) -> str:
        """Empty where the filter holds."""
        try:
            import pyseccomp as seccomp
        except (ImportError, OSError, RuntimeError) as error:
            return f"seccomp: {error}"
        try:
            _of_all(seccomp).load()
            rules = seccomp.SyscallFilter(seccomp.ALLOW)
            refuse = seccomp.ERRNO(errno.EPERM)
            _add(rules, refuse, BY_VISITS)
            rules.add_rule(refuse, "tkill")
            rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, THREAD, 0))
            self._filter = rules
        except OSError as error:
            return f"seccomp: {error}"
        return ""


def lacking() -> Iterator[str]:
    """What this machine lacks for it, in words.

    Imports what `give_up()` needs: ask before the fork, while there are still files to find it in.
    """
    try:
        import landlockpy

        if not landlockpy.supported():
            yield "Landlock: this kernel has none, or it is switched off."
    except ImportError:
        yield "Landlock: landlockpy is not installed (pip install 'kiosk[unattended]')."
    except OSError as error:  # a container's filter of system calls may not know it
        yield f"Landlock: it may not be used here ({error.strerror})."
    try:
        import pyseccomp  # noqa: F401
    except ImportError:
        yield "seccomp: pyseccomp is not installed (pip install 'kiosk[unattended]')."
    except (OSError, RuntimeError):
        yield "seccomp: libseccomp.so.2 is not found (apt install libseccomp2; may ldconfig run?)."


def readable() -> tuple[Path, ...]:
    """The folders that Python imports from."""
    named = {Path(one).resolve() for one in sys.path if one}
    named |= {Path(os.__file__).resolve().parent}
    return tuple(one for one in sorted(named) if one.exists())


def _of_all(seccomp: Any) -> Any:
    """The filter of the factory and of what it forks."""
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refuse, unknown = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS)
    _add(rules, refuse, REFUSED)
    _add(rules, unknown, UNKNOWN)
    rules.add_rule(refuse, "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
    for request in TO_TERMINAL:  # of which the kernel looks at 32 bits, whatever the rest says
        rules.add_rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
    for command in OWNING:
        _add(rules, refuse, FCNTL, seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
    for flag in WRITING:
        rules.add_rule(refuse, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, flag, flag))
        _add(rules, refuse, ("open",), seccomp.Arg(1, seccomp.MASKED_EQ, flag, flag))
    return rules


def _add(rules: object, action: int, names: Iterable[str], *arguments: object) -> None:
    """Add a rule a call; one that this kind of processor does not have needs none."""
    for name in names:
        try:
            rules.add_rule(action, name, *arguments)  # type: ignore[attr-defined]
        except OSError:
            continue
