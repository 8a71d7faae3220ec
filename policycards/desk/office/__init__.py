"""The office itself: the guide that makes its folder, and the page that changes what it says."""
