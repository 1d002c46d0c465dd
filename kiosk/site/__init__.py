"""What this installation shows: content, settings, request."""
