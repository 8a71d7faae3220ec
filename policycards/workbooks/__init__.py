"""Workbooks and tables of offices: writing them so that Excel does no harm, reading them as Excel
shows them.
"""
