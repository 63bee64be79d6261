"""Pages of a form, without JavaScript, and the officer's screen from the same text."""
