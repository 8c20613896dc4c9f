"""Copies of pages of other sites: as WARC, in a folder in which each file is named by its own SHA-256."""
