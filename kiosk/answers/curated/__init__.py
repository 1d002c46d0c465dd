"""Questions that authors wrote."""
