"""Programmes of the province. So far: the claims of one article, beside our records."""
