"""This installation (the site): its content, its settings, the policy on signatures, and the
options of its visits.
"""
