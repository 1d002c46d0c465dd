"""The user that this process acts as: the name, whether it is root, and changing to another."""

from __future__ import annotations

import os
import sys

try:
    import pwd
except ImportError:  # Windows
    pwd = None  # type: ignore[assignment]

if sys.platform != "win32" and pwd is not None:

    def user_name() -> str:
        """Return the name of the user that this process acts as, or their number."""
        try:
            return pwd.getpwuid(os.geteuid()).pw_name
        except KeyError:
            return str(os.geteuid())

    def is_superuser() -> bool:
        """Return whether this process may read every file of the system."""
        return os.geteuid() == 0

    def become(name: str) -> bool:
        """Give this process the rights of a user, for good; False where there is no such user."""
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            return False
        os.initgroups(name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        os.environ["HOME"] = user.pw_dir
        return True

else:

    def user_name() -> str:
        """Return the name of the user that this process acts as."""
        return os.environ.get("USERNAME", "this user")

    def is_superuser() -> bool:
        """Return False: on Windows no user reads every file without asking."""
        return False

    def become(name: str) -> bool:
        """Do nothing and return False: on Windows a process cannot take another user's rights."""
        return False
