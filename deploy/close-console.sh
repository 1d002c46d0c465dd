#!/bin/sh
# Closes what the Linux console and systemd answer to before any program sees a key:
# other consoles (Alt+F2), Ctrl+Alt+Del, Scroll Lock, print-screen signals, memory dumps on the screen.
# Run once as root, over SSH: afterwards no key leads to another console. Needs `apt install kbd`.
# Undone by: systemctl unmask ctrl-alt-del.target kbrequest.target; systemctl disable
# kiosk-keymap.service; and by removing kiosk.conf from /etc/systemd/system.conf.d and
# /etc/systemd/logind.conf.d, and /etc/sysctl.d/99-kiosk.conf.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# The keymap in use, with every key that is not for the kiosk made silent.
mkdir -p /etc/kiosk
map=$(mktemp)
trap 'rm -f "$map"' EXIT
dumpkeys < "${KIOSK_CONSOLE:-/dev/tty1}" > "$map"
grep -q '^keycode' "$map" || { echo "dumpkeys told no keymap: nothing was closed." >&2; exit 1; }
sed -E \
    -e 's/\b(Console_[0-9]+|Last_Console|Incr_Console|Decr_Console|Boot|KeyboardSignal|SAK)\b/VoidSymbol/g' \
    -e 's/\b(Scroll_Lock|Show_Memory|Show_Registers|Show_State|Scroll_Backward|Scroll_Forward)\b/VoidSymbol/g' \
    -e 's/^(.*)keycode[[:space:]]+99[[:space:]]*=.*/\1keycode 99 = VoidSymbol/' \
    "$map" > /etc/kiosk/console.map
cat > /etc/systemd/system/kiosk-keymap.service <<'UNIT'
[Unit]
Description=Keys of the kiosk's console
After=keyboard-setup.service console-setup.service
Before=kiosk.service kiosk-touch.service
[Service]
Type=oneshot
ExecStart=/usr/bin/loadkeys --console=/dev/tty1 /etc/kiosk/console.map
RemainAfterExit=yes
[Install]
WantedBy=multi-user.target
UNIT

install -m 644 "$here/99-kiosk.conf" /etc/sysctl.d/99-kiosk.conf
sysctl -q --system

systemctl mask ctrl-alt-del.target kbrequest.target
mkdir -p /etc/systemd/system.conf.d /etc/systemd/logind.conf.d
printf '[Manager]\nCtrlAltDelBurstAction=none\n' > /etc/systemd/system.conf.d/kiosk.conf
printf '[Login]\nNAutoVTs=0\nReserveVT=0\n' > /etc/systemd/logind.conf.d/kiosk.conf
for key in RebootKey SuspendKey HibernateKey LidSwitch; do
    printf 'Handle%s=ignore\n' "$key" >> /etc/systemd/logind.conf.d/kiosk.conf
done

systemctl daemon-reload
systemctl enable --now kiosk-keymap.service
echo "Closed, from the next boot on for all of it: reboot now. Then try Alt+F2, Ctrl+Alt+Del, Scroll Lock."
echo "A change of the keyboard layout (setupcon) opens them again: run this script again after it."
