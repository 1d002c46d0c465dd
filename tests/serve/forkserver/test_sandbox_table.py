"""The whole table of system calls of the running kernel, from inside the sandbox."""

from __future__ import annotations

import json
import platform
import subprocess
import sys

import pytest

from kiosk.serve.forkserver.sandbox import lacking

HIGHEST = 700
"""Numbers that are tried: more than any kernel has."""
INSIDE = """
import ctypes, errno, json, os, signal
from kiosk.serve.forkserver.sandbox import Sandbox, lacking
list(lacking())
import pyseccomp
box, libc, passed = Sandbox(), ctypes.CDLL(None, use_errno=True), []
complaints = box.give_up()
for number in range(HIGHEST):
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(writing, str(box.give_up_more() or "").encode())
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        failed = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6) == -1
        if failed and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS):
            os.write(writing, b"refused")
        os._exit(0)
    os.close(writing)
    if os.read(reading, 99) != b"refused":
        try:
            name = pyseccomp.resolve_syscall(pyseccomp.system_arch(), number).decode()
        except (OSError, ValueError):
            name = str(number)
        passed.append(name)
    os.close(reading)
    os.waitpid(pid, 0)
print(json.dumps([complaints, passed]))
"""
HARMLESS = """
# its own descriptors, among which no file is open to be written:
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range dup
dup2 dup3 pipe pipe2 fcntl ioctl flock lseek fsync fdatasync sync_file_range readahead fadvise64
sendfile splice tee vmsplice copy_file_range poll ppoll select pselect6 epoll_create epoll_create1
epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 signalfd signalfd4 timerfd_create
timerfd_settime timerfd_gettime sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg shutdown
getsockname getpeername setsockopt getsockopt io_destroy io_getevents io_cancel io_pgetevents
inotify_rm_watch
# looking at files, which Landlock allows in few folders:
stat fstat lstat newfstatat statx statfs fstatfs ustat sysfs access faccessat faccessat2 readlink
readlinkat getdents getdents64 getcwd chdir fchdir umask open openat
# its own memory and threads:
mmap mprotect munmap brk mremap msync mincore madvise mlock mlock2 munlock mlockall munlockall
remap_file_pages mbind set_mempolicy get_mempolicy set_mempolicy_home_node pkey_mprotect
pkey_alloc pkey_free membarrier shmdt clone futex futex_waitv set_robust_list set_tid_address rseq
arch_prctl exit exit_group sched_yield
# its own signals, timers and identity, which can only get less:
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
pause nanosleep clock_nanosleep restart_syscall alarm getitimer setitimer timer_create
timer_settime timer_gettime timer_getoverrun timer_delete wait4 waitid setuid setgid setreuid
setregid setresuid setresgid setfsuid setfsgid setgroups setpgid capset prctl seccomp
landlock_create_ruleset landlock_add_rule landlock_restrict_self setrlimit prlimit64
# what it may know:
getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid
getresgid capget uname getrlimit getrusage sysinfo times gettimeofday time clock_gettime
clock_getres getcpu getrandom getpriority ioprio_get sched_getparam sched_getscheduler
sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_getaffinity
sched_getattr
# probes of the kernel's own, which do nothing elsewhere; a later libseccomp has names for them:
335 uretprobe 336 uprobe
"""
"""Calls that a worker may make, by kind. Each was looked at; a new one is to be looked at first."""


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() != "x86_64", reason="the names are those of x86-64")
def test_no_system_call_gets_through_that_nobody_has_looked_at() -> None:
    missing = [name for name in lacking() if name.startswith("seccomp")]
    if missing:
        pytest.fail(f"this machine lacks {missing}: nothing is shown of the filter")
    code = INSIDE.replace("HIGHEST", str(HIGHEST))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    complaints, passed = json.loads(done.stdout or "[[], []]")
    assert passed, done.stderr
    assert [why for why in complaints if why.startswith("seccomp")] == []
    assert set(passed) - set(HARMLESS.split()) == set()
