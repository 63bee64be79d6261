"""Taking the national catalogue, as crawled from the National Public Service Portal.

`source` reads files into rows, `portal` turns a record into facts and knows its traps,
`merge` keeps what we wrote ourselves, `catalogue` compares, decides and writes.
"""
