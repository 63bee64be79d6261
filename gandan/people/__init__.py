"""Accounts, mandates held at an office from a day to a day, and sign-in."""
