"""Reads for pages: one query for each section of a page, of exactly the columns shown."""
