"""Work that crosses rooms: decrees, mergers, the import of history."""
