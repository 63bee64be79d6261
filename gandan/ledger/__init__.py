"""Journal of all verbs, and the public entries of the ledger. Knows no room."""
