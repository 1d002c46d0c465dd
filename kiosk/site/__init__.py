"""What belongs to this installation (the site): its content, its settings, whose signatures count,
and the options of its visits.
"""
