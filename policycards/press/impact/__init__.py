"""What a change of standards means for a roster before it is printed."""
