"""The one list of what is owed, by whom, by when. Rooms write it, pages read it."""
