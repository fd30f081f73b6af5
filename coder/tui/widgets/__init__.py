"""The pieces of the screens. Import each from its module: the first frame needs only a few."""
