"""Line-by-line front end, such as in `kiosk read`: prints each page of a visit as lines of text
below what was printed before, and takes answers that are typed after a prompt.
"""
