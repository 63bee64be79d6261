"""Benchmarks: each figure beside its baseline of the same run, with a floor and an aim.

`python -m bench` starts a cluster of its own with an installation's settings (fsync
on), fills databases through the importer, and serves them as `gandan run` does. What
needs Django runs in children (`bench.inside`); this side only drives and counts.
"""
