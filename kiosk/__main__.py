"""The composition root: the only file that sees everything. It wires, and decides nothing."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.cli.main import Request


def main() -> int:
    """Run the command that the command line asks for; its exit status."""
    if sys.argv[1:2] == ["attach"]:  # it must start in milliseconds: before anything is imported
        from kiosk.serve.attach import main as attach

        return attach(sys.argv[2:])
    from kiosk.cli.main import read_request

    gc.disable()  # a start makes no garbage worth collecting; the app turns it on again
    request = read_request(sys.argv[1:])
    commands = {
        "run": _run, "read": _read, "check": _check, "build": _build,
        "import": _import, "doctor": _doctor, "pin": _pin, "pack": _pack, "ask": _ask,
        "serve": _serve,
    }  # fmt: skip
    try:
        return commands[request.command](request)
    except KeyboardInterrupt:  # before anything was open
        return 130
    except BrokenPipeError:  # nobody reads the rest, as in `kiosk check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(request: Request) -> int:
    from kiosk.cli.run import run, run_unattended

    return run_unattended(request) if request.unattended else run(request)


def _read(request: Request) -> int:
    from kiosk.cli.run import read

    return read(request)


def _serve(request: Request) -> int:
    from kiosk.cli.serve import fingerprint, serve, status

    about = {"status": status, "fingerprint": fingerprint}
    return about.get(request.about, serve)(request)


def _check(request: Request) -> int:
    from pathlib import Path

    from kiosk.cli.check import check
    from kiosk.site.paths import content_directory, themes_directory

    return check(request.content or content_directory() or Path(), themes_directory(), sys.stdout)


def _build(request: Request) -> int:
    from pathlib import Path

    from kiosk.cli.build import build
    from kiosk.library.pack.passages_only import build_passages
    from kiosk.site.paths import themes_directory

    place, file = request.content or Path(), request.output or Path()
    if request.passages:
        return build_passages(request.passages, request.aliases, file, sys.stdout)
    return build(place, themes_directory(), file, sys.stdout)


def _import(request: Request) -> int:
    from pathlib import Path

    from kiosk.importers.medlineplus.importer import import_medlineplus
    from kiosk.site.paths import content_directory, themes_directory

    file, output = request.source or Path(), request.output or Path()
    beside = request.beside or content_directory() or Path()
    themes = themes_directory()
    return import_medlineplus(file, output, beside, request.language, themes, sys.stdout)


def _pack(request: Request) -> int:
    from kiosk.cli.pack import pack
    from kiosk.site.paths import pack_in_use

    place = request.to or pack_in_use(to_write=request.task == "install")
    return pack(request.task, request.what, place, sys.stdout, back=request.undo)


def _doctor(request: Request) -> int:
    from kiosk.cli.doctor import doctor

    return doctor(request, sys.stdout)


def _ask(request: Request) -> int:
    from kiosk.cli.ask import ask

    return ask(request, sys.stdout)


def _pin(_: Request) -> int:
    from kiosk.cli.pin import ask

    return ask(sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
