"""The full-screen front end, in Textual: draws the page in view and turns keys and touches into
events of the visit.
"""
