"""Use cases: what a person does with a study. Both faces call these; every read takes a viewer.

``study`` is the handle; ``importing``, ``loading`` and ``library`` bring things in; ``coding``,
``excerpts``, ``history`` and ``settling`` change them; ``corpus``, ``agreeing`` and ``tallying``
read them; modules ending in ``_tables`` lay results out; ``exporting`` writes files. Import the
module you need: nothing is imported here, because some of them are heavy.
"""
