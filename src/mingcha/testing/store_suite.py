"""The conformance suite of stores: each check gets a fresh store and holds for memory, SQLite and PostgreSQL alike."""

from collections.abc import Callable

from mingcha.actions.ports.store import Store
from mingcha.testing.store_ads import ADS
from mingcha.testing.store_books import BOOKS
from mingcha.testing.store_desk import DESK
from mingcha.testing.store_exhibits import EXHIBITS
from mingcha.testing.store_facts import FACTS
from mingcha.testing.store_reasons import REASONS

CHECKS: tuple[Callable[[Store], None], ...] = (*FACTS, *DESK, *REASONS, *ADS, *BOOKS, *EXHIBITS)
