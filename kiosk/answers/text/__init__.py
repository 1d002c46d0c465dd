"""Preparation of a question's words: folding, language, spelling, stems, everyday speech."""
