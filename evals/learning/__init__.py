"""Learns the small tables of the spelling: run by hand, their results are kept under `corpus/swedish/`."""
