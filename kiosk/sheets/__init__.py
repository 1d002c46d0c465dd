"""Sheets (pages that a patient takes home) as PDF, plain text and QR codes, and the process that
prints or saves one.
"""
