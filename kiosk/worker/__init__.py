"""The process that runs one visit, and the fork server that it is forked from."""

from kiosk.asyncio_without_tls import load_asyncio

load_asyncio()  # here, so that it comes before any module of the package imports asyncio
