"""The public page that shows claims beside records."""
