"""The ground of the ten new rooms: the wall, releases, the guard, places, what is owed, reports, what was asked."""
