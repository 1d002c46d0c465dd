"""Fixtures of the tests with hostile SSH clients."""

from tests.support.hostile.hostile_clients import door, folder, one_door

__all__ = ["door", "folder", "one_door"]
