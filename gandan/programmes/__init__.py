"""Programmes and what they claim; for now the source article as data."""
