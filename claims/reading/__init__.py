"""Reads articles: who said what, and when; and what happened, when and where. Pure: text in, quotations and events out."""
