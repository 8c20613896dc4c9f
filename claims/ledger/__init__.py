"""The ledger: public forms, entries with their hash chain, verification, versions."""
