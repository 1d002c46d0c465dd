"""Entry point of the fork server's process, from which workers are forked.

It opens the content, makes the template of workers and runs the fork server. The console supervisor
or a server starts it, with the control socket as descriptor `CONTROL_FD`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import socket
import sys
from dataclasses import asdict

from kiosk.errors import KioskError
from kiosk.file_stamp import file_stamp
from kiosk.library.pack.reader import open_pack, verified
from kiosk.serve.forkserver.handle import RESTARTED
from kiosk.serve.forkserver.sandbox import lacking
from kiosk.serve.forkserver.server import ForkServer, new_loop
from kiosk.serve.journal import open_journal
from kiosk.serve.protocol import CONTROL_FD
from kiosk.settings.file import find_settings
from kiosk.site.content import content_path, pack_of, settings_of
from kiosk.site.content_facts import content_facts
from kiosk.site.request import LaunchOptions
from kiosk.site.signers import signer_files
from kiosk.site.store import file_stamps
from kiosk.terminal.environment import close_environment
from kiosk.window_size import DEFAULT_SIZE
from kiosk.worker.template import VisitTemplate

SERVER_TERM = "xterm-256color"
"""TERM that the template of a server is rendered for: most clients have it, or one drawn alike."""

logger = logging.getLogger(__name__)


async def _serve(
    control: socket.socket,
    launch: LaunchOptions,
    size: tuple[int, int] | None,
    loop: asyncio.SelectorEventLoop,
) -> None:
    source = content_path(launch.content)
    settings_file = find_settings(launch.config)
    stamps = file_stamps(source, settings_file)
    signers = signer_files(settings_of(launch.config).review)
    stamps += [(str(file), file_stamp(file)) for file in signers]
    pack = pack_of(source)
    # A restarted fork server reads changed content: the first page can wait for a whole check.
    template = VisitTemplate(
        verified(pack) if RESTARTED in os.environ else open_pack(pack), source, launch, size
    )
    is_server = size is not None
    fork_server = ForkServer(
        control,
        template,
        loop,
        size or DEFAULT_SIZE,
        spare_workers=template.settings.serve.spare_workers if is_server else 1,
        follows_size=not is_server,
    )
    running = asyncio.create_task(template.app.run_async())
    rendered = asyncio.create_task(template.rendered.wait())
    await asyncio.wait({running, rendered}, return_when=asyncio.FIRST_COMPLETED)
    if rendered.done():
        await template.warm_up()
        settings: dict[str, object] = {
            "content": content_facts(template.pack, pack, source, settings_file)
            | {"lacking": list(lacking())},
            "usage": template.usage,
        }
        fork_server.open(stamps, settings | (_settings_for_server(template) if is_server else {}))
    await running
    template.after_app()


def _settings_for_server(template: VisitTemplate) -> dict[str, object]:
    """Return what a server must know, which reads neither settings nor content itself."""
    serve = template.settings.serve
    return {
        "limits": asdict(serve),
        "ssh": {**asdict(template.settings.ssh), "log_addresses": serve.log_addresses},
        "known": template.known,
    }


def main(argument: str) -> int:
    """Run a fork server until its control socket ends, then end the process; never return.

    `argument` is a JSON object: the launch options from the command line, and for a server the
    `size` to lay the first page out for. The exit status is 1 after an unexpected error, else 0,
    also if the content cannot be used: that is in the log.
    """
    gc.disable()
    open_journal()
    close_environment()
    options = json.loads(argument)
    launch = LaunchOptions.from_json(options)
    for reason in lacking():
        logger.warning("a worker cannot give up all that it should. %s", reason)
    loop = new_loop()
    asyncio.set_event_loop(loop)
    status = 0
    try:
        size = (options["size"][0], options["size"][1]) if options.get("size") else None
        if size is not None:  # no client has the terminal that the server was started from
            os.environ["TERM"] = SERVER_TERM
            os.environ.pop("COLORTERM", None)
        loop.run_until_complete(_serve(socket.socket(fileno=CONTROL_FD), launch, size, loop))
    except KioskError as error:
        logger.error("%s", error)
    except BaseException:  # nothing of a visitor is in this process
        logger.exception("a fork server failed")
        status = 1
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
