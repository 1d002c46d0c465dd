"""The sandbox of a worker, by Landlock and a filter of system calls (seccomp): no files but those
it needs, no sockets, no programs, no other processes.

It uses landlockpy and pyseccomp, of the extra `unattended`. Where the kernel or a library lacks
one of the two, the other is used alone, and `kiosk doctor` says so. Python imports some modules
late, so its own folders stay readable.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kiosk.system.core_dumps import are_dumps_sent, forbid_core_dumps

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
    "utimensat", "name_to_handle_at", "open_by_handle_at", "memfd_create", "memfd_secret",
    "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
    # what others do: whether they type shows at their terminals
    "inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark",
    # the machine
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "bpf", "perf_event_open",
    "keyctl", "add_key", "request_key", "init_module", "finit_module", "delete_module",
    "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl",
    "settimeofday", "clock_settime", "adjtimex", "sethostname", "setdomainname", "syslog",
    "userfaultfd", "personality", "iopl", "ioperm", "setsid", "fsopen", "fsconfig", "fsmount",
    "fspick", "move_mount", "open_tree", "mount_setattr", "quotactl_fd", "lookup_dcookie",
    "clock_adjtime", "modify_ldt", "get_robust_list", "sync", "syncfs",
    # what a later visit would find
    "shmget", "shmat", "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop",
    "semctl", "semtimedop", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify",
    "mq_getsetattr", "fallocate", "io_setup", "io_submit",
)  # fmt: skip
"""System calls that fail with EPERM."""
REFUSED_IN_WORKERS = ("fork", "vfork", "pidfd_open", "socketpair")
"""System calls that fail in a worker; its fork server forks with them."""
UNKNOWN = ("clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register")
"""System calls whose arguments a filter cannot see: as on a kernel without them, ENOSYS."""
FIRST_UNKNOWN, LAST_UNKNOWN = 451, 600
"""System calls newer than Linux 5.17, all of them unknown (ENOSYS), whatever a kernel to come will
have there: 463 (setxattrat), 466 (removexattrat) and 469 (file_setattr), say, change files. They
have one number on every processor (on x86, 512 and up are the old ones of another kind of
program), so libseccomp need not know their names. Nothing here needs any."""
THREAD = 0x00010000
"""CLONE_THREAD: what starts without it is a process."""
WRITING = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, os.O_PATH)
"""Flags of files that are opened to be changed; and O_PATH, which Landlock lets through."""
TO_TERMINAL = (0x5412, 0x541C, 0x540E, 0x540C, 0x5423, 0x8901, 0x8902)
"""TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCEXCL, TIOCSETD: typing or pasting into a terminal in its
user's name, or taking it over; FIOSETOWN and SIOCSPGRP as `OWNING`."""
SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2)."""
FCNTL = ("fcntl", "fcntl64")
OWNING = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: with them the kernel sends another process any signal."""


class Sandbox:
    """Takes rights away from the fork server and its workers for good, in two steps: most of them
    once in the fork server, the rest in each worker.

    To take all of them away in each worker would cost each one milliseconds and 4 MB of memory.

    Args:
        readable_file: a file that workers may still open to read: the pack; None for no such file.
    """

    def __init__(self, readable_file: Path | None = None) -> None:
        self._readable_file = readable_file
        self._scope: Any = None
        self._filter: Any = None
        self._are_dumps_sent = False

    def give_up(self) -> list[str]:
        """In the fork server, once it has read all files: give up the rights that neither it nor
        its workers need. It can still fork.

        Returns what could not be given up, and why, as texts; empty if all was. Call it before any
        thread is started.
        """
        self._are_dumps_sent = are_dumps_sent()
        return [why for why in (self._landlock(), self._seccomp()) if why]

    def give_up_more(self) -> list[str]:
        """In a worker, after its fork: give up the right to fork and to signal other processes, and
        forbid core dumps.

        Returns what could not be given up, and why, as texts; empty if all was.
        """
        try:
            forbid_core_dumps(is_sent=self._are_dumps_sent)
            if self._scope is not None:
                self._scope.restrict()
            if self._filter is not None:
                import pyseccomp as seccomp

                refuse, own_pid = seccomp.ERRNO(errno.EPERM), os.getpid()
                self._filter.add_rule(refuse, "prctl", seccomp.Arg(0, seccomp.EQ, SET_DUMPABLE))
                for name in ("kill", "tgkill"):
                    self._filter.add_rule(refuse, name, seccomp.Arg(0, seccomp.NE, own_pid))
                self._filter.load()
        except (OSError, ValueError) as error:
            return [f"other processes: {error}"]
        return []

    def _landlock(self) -> str:
        """Apply Landlock; returns why that failed, empty where it did not."""
        try:
            from landlockpy import AccessFS, Ruleset, Scope

            scopes = Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET
            with Ruleset(scoped=scopes) as rules:
                for folder in readable():
                    access = AccessFS.READ_FILE | AccessFS.READ_DIR
                    rules.allow_path(folder, access if folder.is_dir() else AccessFS.READ_FILE)
                if self._readable_file is not None:
                    rules.allow_path(self._readable_file, AccessFS.READ_FILE)
                rules.restrict()
            with contextlib.suppress(OSError):  # on a kernel without scopes the filter does it
                self._scope = Ruleset(handled_fs=AccessFS.NONE, scoped=scopes)
        except (ImportError, OSError, ValueError) as error:
            return f"landlock: {error}"
        return ""

    def _seccomp(self) -> str:
        """Apply the filter of system calls; returns why that failed, empty where it did not."""
        try:
            import pyseccomp as seccomp
        except (ImportError, OSError, RuntimeError) as error:
            return f"seccomp: {error}"
        try:
            missing = [*_load_common_filter(seccomp)]
            rules = seccomp.SyscallFilter(seccomp.ALLOW)
            refuse = seccomp.ERRNO(errno.EPERM)
            missing += _add(rules, refuse, REFUSED_IN_WORKERS)
            rules.add_rule(refuse, "tkill")
            rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, THREAD, 0))
            self._filter = rules
        except OSError as error:
            return f"seccomp: {error}"
        return f"seccomp: libseccomp does not know {', '.join(missing)}" if missing else ""


def lacking() -> Iterator[str]:
    """Yield a sentence for each part of the sandbox that this machine cannot have, such as for a
    missing library or kernel feature; nothing if it has all.
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
    """Return the folders that processes in the sandbox may still read: those from which Python
    imports modules.
    """
    folders = {Path(folder).resolve() for folder in sys.path if folder}
    folders |= {Path(os.__file__).resolve().parent}
    return tuple(folder for folder in sorted(folders) if folder.exists())


def _load_common_filter(seccomp: Any) -> list[str]:
    """Load the filter of the fork server and of what it forks; return what it had to leave out."""
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refuse, unknown = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS)
    missing = [*_add(rules, refuse, REFUSED), *_add(rules, unknown, UNKNOWN)]
    for number in range(FIRST_UNKNOWN, LAST_UNKNOWN + 1):
        rules.add_rule(unknown, number)
    rules.add_rule(refuse, "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
    for request in TO_TERMINAL:  # of which the kernel looks at 32 bits, whatever the rest says
        rules.add_rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
    for command in OWNING:
        missing += _add(
            rules, refuse, FCNTL, seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command)
        )
    for flag in WRITING:
        rules.add_rule(refuse, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, flag, flag))
        missing += _add(rules, refuse, ("open",), seccomp.Arg(1, seccomp.MASKED_EQ, flag, flag))
    rules.load()
    return missing


def _add(rules: Any, action: int, names: Iterable[str], *arguments: object) -> list[str]:
    """Add a rule for each call; return those that this libseccomp has no number for.

    It has one for a call that this kind of processor lacks, too; then the rule does nothing.
    """
    missing = []
    for name in names:
        try:
            rules.add_rule(action, name, *arguments)
        except OSError:
            missing.append(name)
    return missing
