"""Documents to figures."""
