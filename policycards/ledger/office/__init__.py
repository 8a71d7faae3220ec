"""The pages of offices: each looks at what its person may see, and leaves every change to an
action.
"""
