"""Reading the figures of other sources than FTS: pooled funds, lists of projects, the mission's own budget."""
