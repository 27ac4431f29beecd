"""`forum demo`: an invented community, marked as such on every page, removable by one command."""
