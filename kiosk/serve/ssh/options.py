"""The options of asyncssh for every connection: ciphers, login methods, time limits, and what is
switched off.

Every option is named, so that none is left to asyncssh's default.
"""

from __future__ import annotations

from typing import Any

from kiosk.settings.server import Auth, SshSettings

KEY_EXCHANGES = (
    "mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
)  # fmt: skip
"""Those that cost a server a millisecond. Those with large primes let a client cost it much."""
MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256")
CIPHERS = (
    "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr",
)  # fmt: skip
"""Without chacha20-poly1305, which clients prefer: in asyncssh a packet costs five times as much
with it. The Terrapin attack (CVE-2023-48795) needs it or CBC."""
SSH_KEEPALIVE_FACTOR = 3
"""The kernel probes the client's machine; its SSH program is probed so much more rarely."""
REKEY_BYTES, REKEY_SECONDS = "512M", "1h"
WINDOW, PACKET = 32_768, 1024
"""Bytes of input that may be under way, in all and in one packet. A packet is handed on when it is
whole; a large one, read slowly, would come after a silence, and a caution takes silence for a
person who has stopped pressing keys."""


def connection_options(settings: SshSettings) -> dict[str, Any]:
    """Return the options that asyncssh takes for a server connection, by name, all but the host
    key, the authorized keys and the callbacks.
    """
    return {
        "server_version": "kiosk",
        "public_key_auth": settings.auth == Auth.KEYS,
        "x509_trusted_certs": None,
        "password_auth": settings.auth == Auth.PASSWORD,
        "kbdint_auth": settings.auth == Auth.PASSWORD,
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
        "login_timeout": settings.login_grace_time,
        "keepalive_interval": SSH_KEEPALIVE_FACTOR * settings.keepalive_interval,
        "keepalive_count_max": 2,
        "tcp_keepalive": True,
    }
