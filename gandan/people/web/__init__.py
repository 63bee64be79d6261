"""Sign-in, change of officer at a shared computer, and the administrator's pages."""
