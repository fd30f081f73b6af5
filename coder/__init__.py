"""Coder: code interviews, check reliability, report shares; see README.md."""

__version__ = "0.3.0"
