"""From claims to entities, sites, incidents, responses and facts."""
