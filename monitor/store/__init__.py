"""The store: one SQLite file and the documents beside it. What people are owed lives here too."""

from monitor.store.database import Store
from monitor.store.explain import NoStoreError, StoreError, UnusableStoreError

__all__ = ["NoStoreError", "Store", "StoreError", "UnusableStoreError"]
