"""What an author runs: check, preview."""
