"""What the SSH door has asyncssh do, and not do: everything named, nothing left to a default."""

from __future__ import annotations

from typing import Any

from kiosk.settings.server import Auth, SshSettings

KEY_EXCHANGES = (
    "mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
)  # fmt: skip
"""Those that cost a server a millisecond. What asks for large primes lets a client cost it much."""
MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256")
CIPHERS = (
    "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr",
)  # fmt: skip
"""Without chacha20-poly1305, which clients prefer: asyncssh makes it of pieces, and a packet costs
it five times as much. The attack called Terrapin (CVE-2023-48795) needs it or CBC."""
PROGRAM_EVERY = 3
"""The kernel asks the client's machine whether it is there; its program is asked so much rarer."""
REKEY_BYTES, REKEY_SECONDS = "512M", "1h"
WINDOW, PACKET = 32_768, 1024
"""Bytes of input that may be under way, in all and in one packet. A packet is handed on when it is
whole: a large one, read slowly, would be a silence before it, and a caution takes silence for
somebody who has stopped pressing keys."""


def connection_options(rules: SshSettings) -> dict[str, Any]:
    """The options of a connection, but for its keys."""
    return {
        "server_version": "kiosk",
        "public_key_auth": rules.auth == Auth.KEYS,
        "x509_trusted_certs": None,
        "password_auth": rules.auth == Auth.PASSWORD,
        "kbdint_auth": rules.auth == Auth.PASSWORD,
        "host_based_auth": False,
        "gss_host": None,
        "gss_kex": False,
        "gss_auth": False,
        "rdns_lookup": False,
        "x11_forwarding": False,
        "agent_forwarding": False,
        "sftp_factory": None,
        "allow_scp": False,
        "line_editor": False,
        "encoding": None,
        "window": WINDOW,
        "max_pktsize": PACKET,
        "kex_algs": list(KEY_EXCHANGES),
        "encryption_algs": list(CIPHERS),
        "mac_algs": list(MACS),
        "compression_algs": None,
        "rekey_bytes": REKEY_BYTES,
        "rekey_seconds": REKEY_SECONDS,
        "login_timeout": rules.login_grace_time,
        "keepalive_interval": PROGRAM_EVERY * rules.keepalive_interval,
        "keepalive_count_max": 2,
        "tcp_keepalive": True,
    }
