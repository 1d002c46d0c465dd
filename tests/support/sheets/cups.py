"""A CUPS of its own for a test: `cupsd` in a folder, its printer a script that keeps files."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Self

QUEUE = "front-desk"
_CUPSD = """
LogLevel warn
Listen {folder}/cups.sock
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles 86400
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}
ServerBin {folder}/bin
DataDir /usr/share/cups
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
FileDevice Yes
User lp
Group lp
SystemGroup root
"""
_BACKEND = """#!/bin/sh
# A printer: `hold` in its folder keeps it busy, `empty` says that it has no paper.
[ $# -eq 0 ] && exit 0
folder="{folder}/printer"
while [ -e "$folder/hold" ]; do sleep 0.1; done
while [ -e "$folder/empty" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.2; done
echo "STATE: -media-empty-error" >&2
cat "${{6:--}}" > "$folder/paper-$1.pdf"
exit 0
"""


class Cups:
    """A running print service with one queue; `server` is its socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = str(folder / "cups.sock")
        self.printer = folder / "printer"
        for name in ("cache", "state", "spool/tmp", "printer", "ppd", "ssl"):
            (folder / name).mkdir(parents=True)
        shutil.copytree("/usr/lib/cups", folder / "bin", symlinks=True)
        backend = folder / "bin" / "backend" / "keep"
        backend.write_text(_BACKEND.format(folder=folder))
        backend.chmod(0o700)
        (folder / "cupsd.conf").write_text(_CUPSD.format(folder=folder))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))

    def __enter__(self) -> Self:
        config = ["-c", str(self.folder / "cupsd.conf"), "-s", str(self.folder / "cups-files.conf")]
        self._process = subprocess.Popen(["/usr/sbin/cupsd", "-f", *config])
        end = time.monotonic() + 20
        while not Path(self.server).exists():
            assert time.monotonic() < end, "cupsd did not start"
            time.sleep(0.05)
        self.run("lpadmin", "-p", QUEUE, "-E", "-v", "keep:/", "-m", "raw")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def run(self, command: str, *arguments: str) -> str:
        """Run a command of CUPS against this service."""
        path = f"{os.defpath}:/usr/sbin:/sbin"
        done = subprocess.run(
            [command, "-h", self.server, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20, check=False,
            env={"PATH": path, "LC_ALL": "C"},
        )  # fmt: skip
        return done.stdout

    def jobs(self) -> list[str]:
        """The ids of all jobs that it knows, waiting or done."""
        said = self.run("lpstat", "-W", "all", "-o", QUEUE)
        return [line.split()[0] for line in said.splitlines() if line.startswith(QUEUE)]

    def spooled(self) -> list[str]:
        """The files in its spool that hold a job."""
        spool = self.folder / "spool"
        return sorted(str(p.relative_to(spool)) for p in spool.rglob("*") if p.is_file())

    def papers(self) -> list[Path]:
        """What has come out of the printer."""
        return sorted(self.printer.glob("paper-*.pdf"))
