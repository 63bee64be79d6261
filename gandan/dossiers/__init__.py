"""The one-stop desk: a dossier from the counter to the result."""
