"""Full-screen front end, made with Textual: draws the page that a visit shows in the terminal, and
turns keys and touches into events of the visit.
"""
