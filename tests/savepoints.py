"""A block of a test whose writes and database errors are undone, so that the test can continue."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back_savepoint() -> Iterator[None]:
    """Undo everything in the block.

    After an error in a transaction, PostgreSQL refuses all queries until a rollback.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
