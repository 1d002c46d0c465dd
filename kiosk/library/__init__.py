"""From the author's files to checked objects, and from those to the pack that a visit reads."""
