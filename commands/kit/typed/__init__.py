"""What people type, read as they meant it: messages and mentions, numbers, days. Identifiers: `storage.letters`."""
