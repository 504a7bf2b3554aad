"""From files to sources and documents."""
