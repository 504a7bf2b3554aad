"""What leaves the case: exports."""
