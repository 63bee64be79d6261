"""Definitions, their algebra, and what they give: every figure is computed here."""
