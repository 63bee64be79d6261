"""Stored states, values and vintages, read by code. Knows no room."""
