#!/bin/sh
# Closes what the Linux console and systemd answer to before any program sees a key:
# other consoles (Alt+F2), Ctrl+Alt+Del, Scroll Lock, print-screen signals, memory dumps on the screen.
# Run once as root; undone by `systemctl unmask ctrl-alt-del.target kbrequest.target`, and by removing
# /etc/systemd/logind.conf.d/kiosk.conf, /etc/sysctl.d/99-kiosk.conf and kiosk-keymap.service.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

install -m 644 "$here/99-kiosk.conf" /etc/sysctl.d/99-kiosk.conf
sysctl -q --system

systemctl mask ctrl-alt-del.target kbrequest.target
mkdir -p /etc/systemd/system.conf.d /etc/systemd/logind.conf.d
printf '[Manager]\nCtrlAltDelBurstAction=none\n' > /etc/systemd/system.conf.d/kiosk.conf
printf '[Login]\nNAutoVTs=0\nReserveVT=0\nHandlePowerKey=ignore\n' > /etc/systemd/logind.conf.d/kiosk.conf

# The keymap in use, with every key that is not for the kiosk made silent.
mkdir -p /etc/kiosk
dumpkeys | sed -E \
    -e 's/\b(Console_[0-9]+|Last_Console|Incr_Console|Decr_Console|Boot|KeyboardSignal|SAK)\b/VoidSymbol/g' \
    -e 's/\b(Scroll_Lock|Show_Memory|Show_Registers|Show_State|Scroll_Backward|Scroll_Forward)\b/VoidSymbol/g' \
    -e 's/^(.*)keycode[[:space:]]+99[[:space:]]*=.*/\1keycode 99 = VoidSymbol/' \
    > /etc/kiosk/console.map
cat > /etc/systemd/system/kiosk-keymap.service <<'UNIT'
[Unit]
Description=Keys of the kiosk's console
After=systemd-vconsole-setup.service
Before=kiosk.service
[Service]
Type=oneshot
ExecStart=/usr/bin/loadkeys /etc/kiosk/console.map
RemainAfterExit=yes
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now kiosk-keymap.service
echo "Closed. Try Alt+F2, Ctrl+Alt+Del and Scroll Lock on the console: nothing may happen."
