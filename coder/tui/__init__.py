"""The terminal app: the only room that imports Textual and Rich.

Data goes down, messages go up: widgets take the plain data of ``marks``, screens talk to ``ops``.
"""
