"""Finding alarm signs in what was typed."""
