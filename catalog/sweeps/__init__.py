"""The lifecycle engine: one file for each sweep, and the engine that plans, runs and undoes any of them."""
