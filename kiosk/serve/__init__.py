"""Workers as processes: fork servers, a server of many sessions, and an unattended terminal."""
