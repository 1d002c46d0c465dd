"""Follow-up questions: what of the library answers them, and whether anything does."""
