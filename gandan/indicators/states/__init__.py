"""From the journal to states: following, folding, counting anew, proving.

A record's new row comes, its old row goes, and both are counted by the definitions' own
SQL; so states are the sum of the stored fact rows at every commit.
"""
