"""Library: authors' files, the checks on them, and the pack that is compiled from them."""
