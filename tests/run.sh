#!/usr/bin/env bash
# The test command: installs what the tests need, then checks format, lints, documentation, the Rust tests, the search of the built portal
# under Node (tests/search: its text preparation and its answers against those of the program, what it promises the page, what it does when
# files fail, what a question costs), the days and hours an errand is planned with (tests/errand), the forms of findings (tests/formats), the web servers nginx and Caddy (tests/hosting) and the built portal in a browser.
# It needs the Rust toolchain and Node 20 or newer; on Debian it installs the rest (as root, or with sudo). Pictures of the pages are left in
# tests/browser/out/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The day the sample portal is built for: its notices and dated changes are written around it.
readonly AS_OF=2026-11-22
# How the program under test is compiled (Cargo.toml): once for the Rust tests and for everything after them.
readonly PROFILE=tested
mingbai=$PWD/target/$PROFILE/mingbai
[[ -z ${CARGO_TARGET_DIR:-} ]] || mingbai=$(realpath -m "$CARGO_TARGET_DIR")/$PROFILE/mingbai
readonly mingbai

step='start'
begun=$SECONDS
work=$(mktemp -d)

finish() {
  local status=$?
  rm -rf "$work"
  if ((status == 0)); then
    printf '\nALL TESTS PASSED in %s seconds\n' "$SECONDS"
  else
    printf '\nTESTS FAILED in the step “%s” after %s seconds (exit status %s)\n' "$step" "$SECONDS" "$status" >&2
  fi
}
trap finish EXIT

# Runs a command as one step, with its name before and its seconds after.
run() {
  step=$1
  begun=$SECONDS
  shift
  printf '\n== %s\n' "$step"
  "$@"
  printf -- '-- %s: %s s\n' "$step" "$((SECONDS - begun))"
}

# The two things that must be there already.
check_tools() {
  local tool
  for tool in cargo node npm; do
    if ! command -v "$tool" >/dev/null; then
      echo "$tool is missing: the tests need the Rust toolchain and Node 20 or newer" >&2
      return 1
    fi
  done
  if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
    echo "Node $(node --version) is too old: the tests need Node 20 or newer" >&2
    return 1
  fi
  cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
  echo "$(cargo --version), Node $(node --version)"
}

# Installs the Debian packages that are not there yet.
install_packages() {
  local missing=()
  have_chromium || missing+=(chromium)
  command -v java >/dev/null || missing+=(default-jre-headless)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  have_fonts || missing+=(fonts-noto-cjk fontconfig)
  have_python || missing+=(python3 python3-venv)
  have_nginx || missing+=(nginx libnginx-mod-http-brotli-static)
  command -v caddy >/dev/null || missing+=(caddy)
  if ((${#missing[@]} == 0)); then
    echo 'Chromium, Java, Poppler, the Chinese fonts, nginx and Caddy are there'
    return
  fi
  echo "installing ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    echo "this is not Debian: please install the like of ${missing[*]} yourself" >&2
    return 1
  fi
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

have_chromium() {
  [[ -n ${CHROMIUM:-} ]] || command -v chromium >/dev/null
}

have_fonts() {
  command -v fc-list >/dev/null && fc-list ':lang=zh-cn' family | grep -q 'Noto Sans CJK'
}

have_nginx() {
  [[ -x /usr/sbin/nginx && -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ]]
}

have_python() {
  command -v python3 >/dev/null && python3 -c 'import ensurepip, venv' 2>/dev/null
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

# Python's tools live in a folder of their own, pinned.
install_python_packages() {
  python=$(realpath "${CARGO_TARGET_DIR:-target}")/python
  [[ -x $python/bin/pip ]] || python3 -m venv "$python"
  "$python/bin/pip" install --quiet --disable-pip-version-check -r tests/requirements.txt
}

install_npm_packages() {
  PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix tests/browser --no-fund --no-audit
}

check_documentation() {
  RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --document-private-items
}

build_portal() {
  "$mingbai" build --strict --as-of "$AS_OF" --out "$work/site"
  "$mingbai" build --strict --as-of "$AS_OF" --out "$work/below" --base-url https://host.example/zwfw/
}

# Whether real web servers serve the portal as they are told to.
check_hosting() {
  "$mingbai" build --strict --as-of "$AS_OF" --compress --out "$work/hosted" >/dev/null
  MINGBAI=$mingbai MINGBAI_PORTAL=$PWD MINGBAI_AS_OF=$AS_OF MINGBAI_SITE=$work/hosted MINGBAI_SUBSITE=$work/below TMPDIR=$work \
    node --test --test-reporter=./tests/browser/lib/reporter.mjs tests/hosting/*.test.mjs
}

# Whether what other programs read is as they expect it.
check_formats() {
  MINGBAI=$mingbai MINGBAI_PORTAL=$PWD MINGBAI_AS_OF=$AS_OF \
    CHECK_JSONSCHEMA=$python/bin/check-jsonschema tests/formats/check.sh
  MINGBAI=$mingbai MINGBAI_PORTAL=$PWD \
    CHECK_JSONSCHEMA=$python/bin/check-jsonschema tests/formats/schemas.sh
  for site in "$work/site" "$work/below"; do
    "$python/bin/python" tests/formats/open_data.py "$site" tests/formats/vocabularies
  done
}

# Whether the browser's half of the search does what the program's half does, without a browser.
check_search() {
  MINGBAI=$mingbai MINGBAI_PORTAL=$PWD MINGBAI_AS_OF=$AS_OF \
    MINGBAI_SITE=$work/site MINGBAI_SUBSITE=$work/below \
    node --test --test-concurrency=2 --test-reporter=./tests/browser/lib/reporter.mjs tests/search/*.test.mjs
}

# Whether the browser counts days and hours as the program does, without a browser.
check_errand() {
  MINGBAI_SITE=$work/site node --test --test-reporter=./tests/browser/lib/reporter.mjs tests/errand/*.test.mjs
}

check_in_browser() {
  rm -rf tests/browser/out
  # Portals full of texts that try to become scripts, for tests/browser/injection.test.mjs.
  MINGBAI_HOSTILE=$work/hostile cargo test --profile "$PROFILE" --quiet --test site portals_of_hostile_texts
  MINGBAI=$mingbai MINGBAI_SITE=$work/site MINGBAI_SUBSITE=$work/below \
    MINGBAI_HOSTILE=$work/hostile \
    node --test --test-concurrency=2 --test-reporter=./tests/browser/lib/reporter.mjs tests/browser/*.test.mjs
}

run 'tools' check_tools
run 'system packages' install_packages
run 'npm packages' install_npm_packages
run 'Python packages' install_python_packages
run 'format' cargo fmt --check
run 'lints' cargo clippy --all-targets -- -D warnings
run 'documentation' check_documentation
run 'Rust tests' cargo test --profile "$PROFILE"
run 'sample portal' build_portal
run 'formats' check_formats
run 'search checks' check_search
run 'errand checks' check_errand
run 'hosting checks' check_hosting
run 'browser checks' check_in_browser
