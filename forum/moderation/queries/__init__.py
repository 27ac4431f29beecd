"""What the desk and those concerned read: one query a section of a page."""
