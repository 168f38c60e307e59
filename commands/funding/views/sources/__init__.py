"""Other sources than FTS: pooled funds, projects of funds, the mission's budget."""
