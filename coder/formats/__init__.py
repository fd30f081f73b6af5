"""Files to model objects and back: readers and writers that know nothing of the study."""
