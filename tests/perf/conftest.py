"""Fixtures of the benches."""

from tests.support.perf.running_server import pack

__all__ = ["pack"]
