"""Editions of figures: drafted, approved by a second person, corrected by a new one."""
