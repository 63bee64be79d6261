"""`/api/v1`: the same actions as the pages, for agencies with a Bearer token."""
