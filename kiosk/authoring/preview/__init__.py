"""The visit behind `kiosk preview`: it shows topics from an author's files, also while these
change.
"""
