"""Detection of alarms: signs in a typed text that somebody may be in danger."""
