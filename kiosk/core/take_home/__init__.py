"""What a reader takes along: its state in a visit, its events, what authors write for it."""
