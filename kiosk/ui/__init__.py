"""The Textual front end: draws the page of a port, and delivers the event of the choice taken."""
