"""How dates and numbers are written and read, per language: always the day first.

Django's own `vi` reads 03/04/2026 as 4 March and 1.234 as 1.234/1000.
"""
