"""Types: all of it as on Linux, and what works on every system as on macOS and Windows, too."""

import subprocess
import sys
from pathlib import Path

MYPY = [sys.executable, "-m", "mypy"]
LINUX_ONLY = (
    "kiosk/serve/", "kiosk/worker/", "kiosk/operations/", "kiosk/usage/writer",
    "kiosk/cli/site/serve", "kiosk/cli/site/status", "kiosk/cli/site/fingerprint",
)  # fmt: skip
"""What starts or talks to processes: `kiosk.system.processes.can_run_sessions`."""
POSIX_ONLY = (
    "kiosk/terminal/driver", "kiosk/terminal/deferred_driver", "kiosk/lines/stdin",
    "kiosk/sheet_process",
)  # fmt: skip
"""What needs `termios`, for which Windows has another module, and what prints through CUPS."""
SYSTEMS = {"darwin": LINUX_ONLY, "win32": (*LINUX_ONLY, *POSIX_ONLY)}


def main() -> int:
    """Check the types for every system; the exit status."""
    status = subprocess.run(MYPY).returncode
    for system, without in SYSTEMS.items():
        modules = sorted(
            path for path in map(str, Path("kiosk").rglob("*.py")) if not path.startswith(without)
        )
        print(f"As on {system}, {len(modules)} modules:", flush=True)
        options = ["--platform", system, "--follow-imports", "silent"]
        cache = ["--cache-dir", f".mypy_cache/{system}"]
        status |= subprocess.run([*MYPY, *options, *cache, *modules]).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
