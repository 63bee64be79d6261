"""The catalogue of procedures: immutable dated versions, search, posting."""
