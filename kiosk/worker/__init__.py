"""Workers, processes that run one visit each, and the fork server that they are forked from."""

from kiosk.asyncio_without_tls import load_asyncio

load_asyncio()  # here, so that it comes before any module of the package imports asyncio
