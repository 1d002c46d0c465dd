"""The fork server, its workers, and handles of both for the process that started them."""
