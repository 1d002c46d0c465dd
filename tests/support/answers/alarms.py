"""The alarm rules of the shipped content."""

from __future__ import annotations

from functools import cache

from kiosk.answers.alarms.detector import AlarmDetector
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.core.alarms import AlarmRules
from tests.support.shipped import pack


@cache
def rules() -> AlarmRules:
    return pack().alarm_rules()


@cache
def alarms() -> AlarmMatcher:
    return AlarmMatcher(rules())


@cache
def detector() -> AlarmDetector:
    """Both nets, as shipped: made once, and only where a test asks, not when it is collected."""
    return AlarmDetector(rules())
