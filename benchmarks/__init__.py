"""Measuring the solver: public instances with best-known values, and our own weeks."""
