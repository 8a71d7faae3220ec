"""The use cases: one function and one frozen result each. They print nothing and never exit."""
