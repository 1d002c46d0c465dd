"""Import asyncio without TLS, for the processes that draw a visit: none of them opens a connection.

asyncio imports `ssl` where there is one, and OpenSSL with it: 4 MiB and some milliseconds of a
start. asyncio supports Pythons that were built without `ssl`, too.
"""

from __future__ import annotations

import sys


def load_asyncio() -> None:
    """Import asyncio in a way that leaves `ssl` out.

    Does nothing where asyncio or `ssl` has been imported already.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # importing it fails, as documented
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
