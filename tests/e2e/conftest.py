"""Fixtures of the tests with hostile SSH clients."""

from tests.support.hostile.fixtures import door, folder, one_door

__all__ = ["door", "folder", "one_door"]
