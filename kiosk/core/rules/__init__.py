"""The rules of a visit: functions that take library, visit and event, and return the visit after
it; None refuses the event.
"""
