"""What a visit gives up once it has its terminal: files, sockets, programs, other processes.

Two kept libraries, of the extra `unattended`: landlockpy (Landlock) and pyseccomp (libseccomp).
Where the kernel or a library lacks one, the other stands alone, and `kiosk doctor` says so. Python
imports some of itself late, so its own folders stay readable.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

REFUSED = (
    # another program, another process
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    # anybody else
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
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
UNKNOWN = ("clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register")
"""System calls whose arguments a filter cannot see: as on a kernel without them, ENOSYS."""
THREAD = 0x00010000
"""CLONE_THREAD: what starts without it is a process."""
WRITING = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND)
TO_TERMINAL = (0x5412, 0x541C, 0x540E, 0x5423)
"""TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCSETD: typing or pasting into a terminal on somebody's behalf,
or taking it over."""


def give_up() -> list[str]:
    """Give up all that can be, from now on and for good; what could not be, and why.

    Call it before any thread is started.
    """
    return [why for why in (_landlock(), _seccomp()) if why]


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


def _landlock() -> str:
    """Empty where Landlock holds."""
    try:
        from landlockpy import AccessFS, Ruleset, Scope

        scopes = Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET
        with Ruleset(scoped=scopes) as rules:
            for folder in readable():
                access = AccessFS.READ_FILE | AccessFS.READ_DIR
                rules.allow_path(folder, access if folder.is_dir() else AccessFS.READ_FILE)
            rules.restrict()
    except (ImportError, OSError, ValueError) as error:
        return f"landlock: {error}"
    return ""


def _seccomp() -> str:
    """Empty where the filter holds."""
    try:
        import pyseccomp as seccomp
    except (ImportError, OSError, RuntimeError) as error:
        return f"seccomp: {error}"
    try:
        rules = seccomp.SyscallFilter(seccomp.ALLOW)
        refuse, unknown = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS)
        _add(rules, refuse, REFUSED)
        _add(rules, unknown, UNKNOWN)
        own = os.getpid()
        for name in ("kill", "tgkill"):
            rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.NE, own))
        rules.add_rule(refuse, "tkill")
        rules.add_rule(refuse, "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, THREAD, 0))
        for request in TO_TERMINAL:  # of which the kernel looks at 32 bits, whatever the rest says
            rules.add_rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
        for flag in WRITING:
            rules.add_rule(refuse, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, flag, flag))
            _add(rules, refuse, ("open",), seccomp.Arg(1, seccomp.MASKED_EQ, flag, flag))
        rules.load()
    except OSError as error:
        return f"seccomp: {error}"
    return ""


def _add(rules: object, action: int, names: Iterable[str], *arguments: object) -> None:
    """Add a rule a call; one that this kind of processor does not have needs none."""
    for name in names:
        try:
            rules.add_rule(action, name, *arguments)  # type: ignore[attr-defined]
        except OSError:
            continue
