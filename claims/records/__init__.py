"""What each kind of record is, said once: one description a kind, looked up by `registry`.

A new kind of record is one model and one description here; `tests/records/test_registry.py` says what is missing.
"""
