"""Commands, one file each, in a folder for those who use them; what they share is here."""
