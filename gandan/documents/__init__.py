"""Files kept outside the web root, and the slips and letters that are printed."""
