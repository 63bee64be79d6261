"""The demo province: its date, its parts to play, its cards, and who builds it.

Only on loopback, and only with a database that carries the demo's mark.
"""
