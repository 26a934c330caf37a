#!/usr/bin/env bash
# Unpacks packages of Debian into a folder: without root, without installing, from the mirror this machine uses.
#
# usage: fetch_debian.sh DEST PACKAGE..
#   A word `suite=NAME` among the packages takes them from that suite, with all they depend on, by an apt of its own
#   whose lists and status are in DEST/.apt; without it they come from this machine's suite, and alone.
#   DEST/.done holds the words of the last call that succeeded, so that a second call does nothing.
set -euo pipefail

mkdir -p "$1"
DEST=$(cd "$1" && pwd)
shift
[ "$(cat "$DEST/.done" 2>/dev/null)" = "$*" ] && exit 0
SUITE=
PACKAGES=()
for word in "$@"; do
    case $word in
        suite=*) SUITE=${word#suite=} ;;
        *) PACKAGES+=("$word") ;;
    esac
done
DEBS=$DEST/.debs
mkdir -p "$DEBS"

if [ -z "$SUITE" ]; then
    (cd "$DEBS" && apt-get -qq -o APT::Sandbox::User=root download "${PACKAGES[@]}") >&2
else
    MIRROR=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Created-By: Packages' |
             grep -v security | sort -u | awk 'NR == 1')
    [ -n "$MIRROR" ] || { echo "error: no Debian mirror known: run apt-get update first" >&2; exit 1; }
    STATE=$DEST/.apt
    mkdir -p "$STATE/lists/partial" "$STATE/cache/archives/partial" "$STATE/empty"
    : > "$STATE/status"
    : > "$STATE/preferences"
    echo "deb $MIRROR $SUITE main" > "$STATE/sources.list"
    APT=(-qq -y
         -o "Dir::Etc::sourcelist=$STATE/sources.list" -o "Dir::Etc::sourceparts=$STATE/empty"
         -o "Dir::Etc::preferences=$STATE/preferences" -o "Dir::Etc::preferencesparts=$STATE/empty"
         -o "Dir::State::lists=$STATE/lists" -o "Dir::State::status=$STATE/status" -o "Dir::Cache=$STATE/cache"
         -o Acquire::Languages=none -o APT::Sandbox::User=root -o APT::Install-Recommends=false)
    apt-get "${APT[@]}" update >&2
    apt-get "${APT[@]}" --download-only install "${PACKAGES[@]}" >&2
    cp "$STATE"/cache/archives/*.deb "$DEBS"
fi
for deb in "$DEBS"/*.deb; do
    dpkg-deb -x "$deb" "$DEST"
done
rm -rf "$DEBS"
echo "$*" > "$DEST/.done"
