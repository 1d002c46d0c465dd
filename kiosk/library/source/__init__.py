"""Read authors' TOML files into drafts: topics that are not checked and may not be shown yet."""
