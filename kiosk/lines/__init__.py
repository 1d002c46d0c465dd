"""The front end that prints a visit line by line: it only adds text, and a reader types answers
after a prompt. For screen readers, braille displays, pipes and terminals without a cursor.
"""
