"""Gần Dân: the working record of a province that serves its people."""
