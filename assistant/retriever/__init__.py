"""The words of documents that answer a question no field of a row can: found densely and by keyword, given by line."""

from assistant.retriever.retriever import Retriever

__all__ = ["Retriever"]
