"""All that works differently on Linux, macOS and Windows, behind functions that are the same on
each.

Other packages ask none of these systems' names, and where it can a module here does not, too: it
tests whether a means is there, such as `fork` or the module `fcntl`.
"""
