"""The core of the program: the types of content and of a visit, the rules that say which event
changes a visit how, the gate, and the pages made from both. It uses no third-party package, does no
input or output and reads no clock.
"""
