"""Reading formulas."""
