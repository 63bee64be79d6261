"""Units, bodies and attributes from files: all of a file, or nothing of it."""
