"""Tools for authors of topics: write the files of a new topic, show it while it is being written,
write it as one document for reviewers, and make the schemas of all files.
"""
