"""Plain functions that make things, with sane defaults. They walk real moves."""
