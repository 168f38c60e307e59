"""Time for people: when somebody works next, what comes again, and finding a zone. The calendar is `kit.dates`."""
