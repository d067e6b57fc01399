"""Templates as files: reading, linting and rendering them, and git. Knows no model; everything untrusted runs in a child."""
