"""Django's database backends, with what a site needs when its database fails."""
