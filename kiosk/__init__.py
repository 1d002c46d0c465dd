"""Patient education where there is no web: one topic at a time, in the reader's own words."""

__version__ = "0.1.0"
