"""Where a site asks for signed packs, nothing else opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.core.library import Library
from kiosk.errors import StartupError
from kiosk.library.pack.install import previous
from kiosk.library.pack.reader import checked_seal, open_pack
from kiosk.library.review.pack_signature import (
    NAMESPACE,
    kept_signature,
    signature_path,
    signed_message,
)
from kiosk.settings.model import Settings
from kiosk.site.content import library_of
from tests.support.review.signer import Signer
from tests.support.review.site import Site


@pytest.fixture
def pack(site: Site, ana: Signer, tmp_path: Path) -> Path:
    site.allow(ana.line(f'namespaces="{NAMESPACE}"'))
    file = tmp_path / "clinic.pack"
    assert main(["build", str(site.root), "-o", str(file)]) == 0
    return file


def settings(site: Site) -> Settings:
    given = site.settings
    return replace(given, review=replace(given.review, signed_packs=True))


def opened(site: Site, pack: Path) -> Library:
    with open_pack(pack) as open_:
        return library_of(open_, settings(site))


def sign(pack: Path, signer: Signer, seal: bytes = b"") -> None:
    message = signed_message(seal or checked_seal(pack))
    signature_path(pack).write_text(signer.sign(message, NAMESPACE))


def test_a_pack_that_nobody_signed_does_not_open_and_says_why(site: Site, pack: Path) -> None:
    with pytest.raises(StartupError) as refused:
        opened(site, pack)
    assert "it is not signed: there is no" in str(refused.value)
    assert "This kiosk opens only signed packs" in str(refused.value)


def test_a_pack_that_somebody_allowed_has_signed_opens(site: Site, pack: Path, ana: Signer) -> None:
    sign(pack, ana)
    assert opened(site, pack).languages == ("en",)


def test_where_nobody_asks_for_it_an_unsigned_pack_opens(site: Site, pack: Path) -> None:
    with open_pack(pack) as open_:
        assert library_of(open_, site.settings).languages == ("en",)


def test_a_signature_of_another_pack_or_by_a_stranger_opens_nothing(
    site: Site, pack: Path, ana: Signer
) -> None:
    sign(pack, ana, seal=bytes(32))
    with pytest.raises(StartupError, match="of another pack, or forged"):
        opened(site, pack)
    sign(pack, Signer(principal="eve@elm.example"))
    with pytest.raises(StartupError, match="not in this site's file of signers"):
        opened(site, pack)


def test_a_byte_changed_after_it_was_signed_opens_nothing(
    site: Site, pack: Path, ana: Signer
) -> None:
    sign(pack, ana)
    raw = bytearray(pack.read_bytes())
    raw[-100] ^= 1
    pack.write_bytes(bytes(raw))
    with pytest.raises(StartupError, match="its seal is broken"):
        opened(site, pack)


def test_a_signers_file_that_is_gone_opens_nothing(site: Site, pack: Path, ana: Signer) -> None:
    sign(pack, ana)
    site.signers.unlink()
    with pytest.raises(StartupError, match="no signature can count"):
        opened(site, pack)


def test_a_folder_cannot_be_signed_so_it_does_not_open(site: Site) -> None:
    with site.pack() as compiled, pytest.raises(StartupError, match="its content is a folder"):
        library_of(compiled, settings(site))


def test_the_signature_goes_with_the_installed_pack_and_back_with_the_one_before(
    site: Site, pack: Path, ana: Signer, tmp_path: Path
) -> None:
    (tmp_path / "lib").mkdir()
    in_use, config = tmp_path / "lib" / "library.pack", site.write_settings()
    config.write_text(config.read_text().replace("[review]", "[review]\nsigned-packs = true"))
    install = ["pack", "install", str(pack), "--to", str(in_use), "--config", str(config)]
    assert main(install) == 1
    sign(pack, ana)
    assert main(install) == 0
    first = checked_seal(in_use)
    assert kept_signature(in_use, first).exists()
    assert opened(site, in_use).languages == ("en",)
    topic = site.root / "sore-back" / "topic.toml"
    topic.write_text(topic.read_text("utf-8").replace("It will pass.", "It passes.", 1), "utf-8")
    assert main(["build", str(site.root), "-o", str(pack)]) == 0
    sign(pack, ana)
    assert main(install) == 0
    assert checked_seal(in_use) != first
    assert opened(site, in_use).languages == ("en",)
    assert main(["pack", "rollback", "--to", str(in_use)]) == 0
    assert checked_seal(in_use) == first
    assert previous(in_use).exists()
    assert opened(site, in_use).languages == ("en",)
