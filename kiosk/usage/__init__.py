"""Anonymous figures of use: counted events, summed by day and site, and reports of them."""
