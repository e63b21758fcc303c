"""Benchmarks: `make bench`. Each module but this, `__main__` and `measuring` offers `run() -> list[Bar]`.

What counts are ratios within one run; the milliseconds beside them are of the machine it ran on.
"""
