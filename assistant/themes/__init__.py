"""Which rows a theme names: decided over every row, by words, vocabulary and closeness of meaning together."""

from assistant.themes.finder import Members, Near, ThemeFinder

__all__ = ["Members", "Near", "ThemeFinder"]
