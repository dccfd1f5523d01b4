"""What the words of this field mean: abbreviations, lay words, look-alikes, owners' names, typing errors."""

from assistant.vocabulary.corrections import Correction, Repairer
from assistant.vocabulary.glossary import Concept, Kind, Term
from assistant.vocabulary.vocabulary import GENERAL, Expansion, Found, Vocabulary
from assistant.vocabulary.words import Word, sought_stem, split_words, stem, stems

__all__ = ["GENERAL", "Concept", "Correction", "Expansion", "Found", "Kind", "Repairer", "Term", "Vocabulary", "Word"]
__all__ += ["sought_stem", "split_words", "stem", "stems"]
