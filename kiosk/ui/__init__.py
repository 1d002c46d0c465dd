"""The Textual front end: draws the page that may be shown, and delivers the choice taken."""
