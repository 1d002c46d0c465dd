"""What a reader takes along: its types in a visit's state and in a topic, its events and which rule
handles each, the sheet, its phrase keys. The rules are in `core.rules`.
"""
