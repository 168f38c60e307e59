"""Other sources than the files of FTS on HDX: its website, pooled funds, the mission's own books."""
