"""Answering of a reader's follow-up questions with passages of the library, or with none.

Its packages search the authored questions (`curated`) and the passages (`fulltext`), detect
danger (`alarms`), classify what is asked for (`intents`) and prepare words (`text`).
"""
