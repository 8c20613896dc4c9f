"""PostgreSQL that says at once that it is gone.

The pool alone would let every request wait for its whole timeout, and would try to connect less and less often.
"""

from time import monotonic
from typing import Any, ClassVar

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import PoolTimeout

ASK_AGAIN_AFTER = 2  # seconds, in which all requests get the same answer without a try
TRIES = 15  # waits for the pool's timeout each, while the database answers and all connections are in use


class DatabaseWrapper(base.DatabaseWrapper):
    # For each database: when to try again, and what the last try answered.
    _gone: ClassVar[dict[str, tuple[float, str]]] = {}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        if not self.pool:
            connection: Connection[Any] = super().get_new_connection(conn_params)
            return connection
        if self.alias in self._gone:
            self._ask_whether_it_is_back(conn_params)
        if not self.pool.get_stats().get("pool_available"):
            self._try_to_connect(conn_params)
        return self._take_from_pool(conn_params)

    def _take_from_pool(self, conn_params: dict[str, Any]) -> Connection[Any]:
        for _turn in range(TRIES - 1):
            try:
                connection: Connection[Any] = super().get_new_connection(conn_params)
                return connection
            except PoolTimeout:
                self._try_to_connect(conn_params)
        last: Connection[Any] = super().get_new_connection(conn_params)
        return last

    def _ask_whether_it_is_back(self, conn_params: dict[str, Any]) -> None:
        until, why = self._gone[self.alias]
        if monotonic() < until:
            raise OperationalError(why)
        self._gone[self.alias] = (monotonic() + ASK_AGAIN_AFTER, why)  # the others need not wait for this try
        self._try_to_connect(conn_params)
        self.close_pool()  # its own tries come later and later
        self._gone.pop(self.alias, None)

    def _try_to_connect(self, conn_params: dict[str, Any]) -> None:
        try:
            self.Database.connect(**{**conn_params, "connect_timeout": ASK_AGAIN_AFTER}).close()
        except OperationalError as error:
            self._gone[self.alias] = (monotonic() + ASK_AGAIN_AFTER, str(error))
            raise
