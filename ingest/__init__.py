"""A file becomes pages, repaired text, a meeting, passages and rows in the archive."""
