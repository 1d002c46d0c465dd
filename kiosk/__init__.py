"""Patient education in a terminal, without the web: a reader picks a topic and follows its steps.

Each reader gets the words of the level that was chosen: plain, everyday or professional.
"""

__version__ = "0.1.0"
