"""What all screens of the desk share."""
