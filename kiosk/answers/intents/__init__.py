"""Classification of what a question asks for: a dose, a cause, a side effect ..."""
