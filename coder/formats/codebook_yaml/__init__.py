"""Codebooks as YAML files: read, checked with line numbers, and written."""

from coder.formats.codebook_yaml.across import Surroundings, check_codebooks
from coder.formats.codebook_yaml.complaints import Complaint
from coder.formats.codebook_yaml.json_schema import json_schema
from coder.formats.codebook_yaml.reading import (
    check_codebook,
    check_codebook_text,
    parse_codebook,
    read_codebook,
)
from coder.formats.codebook_yaml.writing import write_codebook

__all__ = [
    "Complaint",
    "Surroundings",
    "check_codebook",
    "check_codebook_text",
    "check_codebooks",
    "json_schema",
    "parse_codebook",
    "read_codebook",
    "write_codebook",
]
