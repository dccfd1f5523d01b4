"""Which rows a theme names: decided over every row, by words, vocabulary and closeness of meaning together."""

from assistant.themes.finder import NearMiss, ThemeFinder, ThemeResult

__all__ = ["NearMiss", "ThemeFinder", "ThemeResult"]
