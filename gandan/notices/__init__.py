"""The outbox: mail, SMS and the desk's daily call list. Rows are the truth."""
