"""Authors' TOML files to drafts."""
