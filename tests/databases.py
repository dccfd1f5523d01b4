"""Databases for tests of the register."""

from __future__ import annotations

from sqlalchemy import create_engine, text


def empty_postgres(url: str) -> str:
    """Drop everything in a PostgreSQL database that was made for tests, and give its URL back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
