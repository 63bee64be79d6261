"""Figures of our own records: scorecard, province board, late list, definitions."""
