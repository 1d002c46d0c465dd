"""Sheets (the hand-out and the diary form, for patients to take home) as PDF, plain text and QR
codes, and the process that prints or saves one. Also draws a topic for reviewers as PDF.
"""
