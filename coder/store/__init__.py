"""The only room with SQL: rows in, dataclasses out. Its door is ``Store``."""

from coder.store.session import Clock, Store, utc_now

__all__ = ["Clock", "Store", "utc_now"]
