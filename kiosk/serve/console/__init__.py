"""The supervisor of one unattended terminal, and what it needs: the terminal, signals, waits after
failures, the staff PIN, printing, and a status report.
"""
