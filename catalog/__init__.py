"""Micro apps and their dated lifecycle, connectors, usage and discoveries. It stands on the other three packages."""
