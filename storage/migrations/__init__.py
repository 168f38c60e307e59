"""The history of the database, one dated file per change; `upgrade` brings any database to the newest."""
