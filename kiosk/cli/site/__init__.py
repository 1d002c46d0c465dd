"""Commands for those who install, watch and update a kiosk."""
