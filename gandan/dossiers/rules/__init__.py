"""Rules of the one-stop desk: states, moves, what each does to the legal clock.

Pure Python: a lawyer can read it, a test takes microseconds.
"""
