"""Classification of a question by what it asks for: a dose, a cause, a side effect, and so on."""
