"""The press: plans a run, prints it village by village, here or on a cluster, and finishes what was
interrupted.
"""
