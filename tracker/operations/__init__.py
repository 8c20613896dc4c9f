"""What an operator runs: checks of the installation, and the server."""
