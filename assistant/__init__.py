"""The core: records, register, understanding, answering. Imports no other room."""
