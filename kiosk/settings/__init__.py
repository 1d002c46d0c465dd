"""Settings of a site: kiosk.toml."""
