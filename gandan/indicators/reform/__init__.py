"""The province's own reform index of units: a tree frozen for the year, one sheet a
unit, self-scored, appraised in two rounds, surveyed last, then closed."""
