"""Pages: the text and choices of each, from the library and the visit."""
