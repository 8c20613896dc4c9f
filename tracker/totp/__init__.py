"""Two-factor sign-in with an authenticator app. Optional: imported only if its packages are installed."""
