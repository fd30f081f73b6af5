"""The plain-text face: commands over ``ops``, stdout for data, stderr for talk."""
