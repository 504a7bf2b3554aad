"""The one place that reads and writes a case: log, schema, migrations; SQLite and PostgreSQL behind one door."""
