"""Line-by-line front end (`kiosk read`): prints each page of a visit as lines of text that are
never drawn over, and reads the reader's answers typed after a prompt.
"""
