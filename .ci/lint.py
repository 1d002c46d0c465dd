"""Lint and formatting: what ruff finds."""

import subprocess
import sys

RUFF = [sys.executable, "-m", "ruff"]

sys.exit(
    subprocess.run([*RUFF, "check", "."]).returncode
    or subprocess.run([*RUFF, "format", "--check", "."]).returncode
)
