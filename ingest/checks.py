from __future__ import annotations
def checked(actions, found, document, facts, legend):
    return actions, found.flags
