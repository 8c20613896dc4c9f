"""Part of a test whose writes and database errors are undone, so that the test can go on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back_savepoint() -> Iterator[None]:
    """Undo what the block did. PostgreSQL refuses every query after an error in a transaction, but for a rollback."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
