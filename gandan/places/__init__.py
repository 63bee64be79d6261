"""Territory, organisations and the working calendar, each with its dates.

Codes of the statistics office were used again on 1 July 2025 for other units, so
nothing here is found by code or name alone: a key is a code and the day it began.
"""
