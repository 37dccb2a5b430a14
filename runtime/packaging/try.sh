#!/usr/bin/env bash
# Tries the Debian package in a fresh root: installs it, runs the daemon as its account, backs it up,
# upgrades, removes, purges. As root: runtime/packaging/try.sh PACKAGE.deb [ROOT]; without ROOT, a new one is
# made by debootstrap and removed afterwards. Not part of the tests: it asks Debian for a system.
set -euo pipefail

package=$(realpath -- "$1")
kept=${2:-}
place=${kept:-$(mktemp -d)}
if [[ -z $kept ]]; then
  debootstrap --variant=minbase bookworm "$place" >/dev/null
fi

inside() { chroot "$place" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
as_daemon() { inside setpriv --reuid protoflow --regid protoflow --clear-groups "$@"; }
holds() { # CLAIM COMMAND...
  local claim=$1
  shift
  "$@" >/dev/null || { echo "not so: $claim" >&2; exit 1; }
  echo "» $claim"
}

mount -t proc proc "$place/proc"
trap 'umount "$place/proc"; [[ -n $kept ]] || rm -rf -- "$place"' EXIT
cp /etc/resolv.conf "$place/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$place/usr/sbin/policy-rc.d" # nothing is started in a chroot
chmod 755 "$place/usr/sbin/policy-rc.d"
cp "$package" "$place/srv/protoflow.deb"
inside apt-get -q update >/dev/null
holds "it installs, with what it needs" inside apt-get -q -y --no-install-recommends install /srv/protoflow.deb
holds "the program runs" inside protoflow --version
holds "its configuration has no mistake" inside protoflow config --check /etc/protoflow/protoflow.toml
holds "a shipped protocol checks" inside protoflow check /usr/share/protoflow/protocols/madame-s.proto-flow
[[ $(stat -c '%U %a' "$place/etc/protoflow/protoflow.toml" | cut -d' ' -f2) == 640 ]]
[[ $(stat -c %a "$place/var/lib/protoflow") == 700 ]]
echo "» nobody else reads its configuration and its folder"

sed -i 's|^#listen = .*|listen = "127.0.0.1:0"|; s|^#protocols = .*|protocols = ["/usr/share/protoflow/protocols/madame-s.proto-flow"]|' \
  "$place/etc/protoflow/protoflow.toml"
start() {
  as_daemon protoflow serve --config /etc/protoflow/protoflow.toml 2>"$place/srv/log" &
  for _ in $(seq 100); do
    [[ ! -e $place/var/lib/protoflow/address ]] || return 0
    sleep 0.1
  done
  cat "$place/srv/log" >&2
  return 1
}
stop() {
  kill -TERM "$(cat "$place/var/lib/protoflow/events.db.lock")"
  wait $!
}
start
holds "the daemon answers" inside protoflow partnership madame-s --data /var/lib/protoflow
as_daemon mkdir -p /var/lib/protoflow/tried
holds "a backup of it holds" as_daemon protoflow backup --data /var/lib/protoflow \
  --to /var/lib/protoflow/tried/log --keys-to /var/lib/protoflow/tried/keys --verify
stop
echo "» it stops with status 0"
holds "the same package installs over it" inside apt-get -q -y --reinstall install /srv/protoflow.deb
grep -q '^listen = "127.0.0.1:0"' "$place/etc/protoflow/protoflow.toml"
echo "» an upgrade keeps what was configured"
start
holds "the daemon answers again" inside protoflow partnership madame-s --data /var/lib/protoflow
stop
holds "it goes" inside apt-get -q -y purge protoflow
[[ -e $place/var/lib/protoflow/events.db && ! -e $place/usr/bin/protoflow ]]
echo "» and leaves the log"
