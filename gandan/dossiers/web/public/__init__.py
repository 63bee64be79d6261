"""Pages of the resident: follow, nudge, withdraw, rate. No name is shown."""
