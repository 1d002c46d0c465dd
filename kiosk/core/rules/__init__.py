"""What each event does to a visit."""
