"""Codes from an authenticator app, beside the password. An extra: imported only where its packages are installed."""
