"""The worker process, which runs one visit, and the main program of the fork server that workers
are forked from.
"""

from kiosk.asyncio_without_tls import load_asyncio

load_asyncio()  # here, so that it comes before any module of the package imports asyncio
