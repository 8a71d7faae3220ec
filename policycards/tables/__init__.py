"""Tables of offices as they are: encodings, CSV and XLSX, read and written so that Excel does no
harm.
"""
