"""Site: the content, settings and options of this installation."""
