"""Tools for authors of topics.

They write the files of a new topic, show it while it is written, draw it for reviewers, and list
the keys of every kind of file.
"""
