"""Take-home: pages and lists that a reader takes along. Its types in a visit's state and in a
topic, its events and the rule that handles each, the sheet, and its phrase keys. The rules are in
`core.rules`.
"""
