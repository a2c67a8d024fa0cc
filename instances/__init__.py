"""Weeks to solve: generated from a seed, shaped by what two newspaper articles report."""
