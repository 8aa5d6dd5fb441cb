#!/usr/bin/env bash
# Sees to Debian's packages named as arguments: installs what is missing when it may, else names the command to run.
# Exits 0 either way: without the parts everything else still works, and what cannot run says why.
set -u
missing=()
for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

advice="apt-get install -y ${missing[*]}"
if ! command -v apt-get >/dev/null; then
    echo "Saknas: ${missing[*]}. Installera motsvarande paket för ditt system." >&2
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Saknas: ${missing[*]}. Kör: sudo $advice" >&2
    exit 0
fi
echo "Installerar ${missing[*]} …"
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "Det gick inte att installera ${missing[*]}. Kör: sudo $advice" >&2
fi
rm -f "$log"
