"""Requests to other sites: only to public addresses, bounded in size and time, and as their robots.txt allows."""
