"""The rules of a visit: functions that say what each event does."""
