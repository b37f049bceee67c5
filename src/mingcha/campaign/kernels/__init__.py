"""Compiled loops of the campaign room: integers in, integers out, the same answer on any number of threads.

Kernels release the interpreter lock and are run on plain threads by their callers, so they need no threading layer
of numba's and several callers may run them at once.
"""
