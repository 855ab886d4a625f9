"""Visits of leisure and library systems: brought in without names, kept by month, asked who benefits."""
