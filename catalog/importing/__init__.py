"""Reading what other systems know about apps: pure, bounded readers. None of them touches the database."""
