"""Words of a question: folding, language, spelling, stems."""
