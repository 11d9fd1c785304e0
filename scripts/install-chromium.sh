#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: the one CHROMIUM_PATH names, one on the PATH,
# or else Debian's, with a font for Chinese.
set -eu

if [ -n "${CHROMIUM_PATH:-}" ]; then
  [ -x "$CHROMIUM_PATH" ] && exit 0
  echo "CHROMIUM_PATH: no program at $CHROMIUM_PATH" >&2
  exit 1
fi

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Please install Chromium, or set CHROMIUM_PATH to a browser." >&2
  exit 1
fi

as_root=''
if [ "$(id -u)" -ne 0 ]; then as_root='sudo'; fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fonts-noto-color-emoji
