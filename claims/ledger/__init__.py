"""The past in one place: public forms, entries and their hash chain, verification, versions."""
