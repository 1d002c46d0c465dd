"""Checks of what authors write: rules that every topic must keep before it may be shown."""
