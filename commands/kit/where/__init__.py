"""Places: by p-code or as a word, how exactly they are known, and what a name in a file means."""
