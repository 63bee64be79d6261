"""History from other books: a CSV in, labelled dossiers out, without ledger entries.

rows: a line of text becomes a checked row, or one clear error
resolving: agencies of that day, procedure versions, due dates
loading: all or nothing, in chunks by COPY, repeatable
"""
