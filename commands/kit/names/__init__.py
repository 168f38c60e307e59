"""The names of things that many rooms speak of, in the reader's language."""
