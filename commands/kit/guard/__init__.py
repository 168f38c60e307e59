"""The guard in front of texts about people in danger: what may not be written down is refused before it is kept."""
