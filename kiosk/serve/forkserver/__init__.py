"""Fork servers, and the workers that they fork."""
