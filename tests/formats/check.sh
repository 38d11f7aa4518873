#!/usr/bin/env bash
# Whether the reports of `mingbai check` are what other programs expect. Needs MINGBAI (the program), MINGBAI_PORTAL (the sample portal),
# MINGBAI_AS_OF and CHECK_JSONSCHEMA (the validator).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A copy of the portal with findings of every severity: in keys, values, texts and whole files, with fixes, related places and one let pass.
spoil() {
  mkdir "$work/portal"
  cp -r "$MINGBAI_PORTAL/content" "$MINGBAI_PORTAL/themes" "$work/portal/"
  cd "$work/portal/content"
  local food=departments/scjgj/food-business-licence
  sed -i '/^申请条件:$/a\  - 交齐其他材料 # 允许 MT01：条例“原文”[如此](x)\n  - 提供有关证明文件,并且签字  ' "$food/item.yaml"
  printf '<b>粗</b> [甲](javascript:1)\n' >>"$food/guide.md"
  sed -i '1s/^/\xef\xbb\xbf/' synonyms.yaml
  sed -i '0,/^名称: /s//名称：/' places/main-hall.yaml
  printf '\xc3\xfb\xb3\xc6: \xd0\xd0\n' >laws/gbk-law.yaml
  printf '名称: 甲\n' >"laws/甲 乙#.yaml"
  printf '状态: 有效\n状态: 有效\n' >>places/archive-hall.yaml
  cd - >/dev/null
}

validate() {
  "$CHECK_JSONSCHEMA" --regex-variant python --schemafile "$here/sarif-schema-2.1.0.json" "$@"
}

# Exit status 1 is that of findings; 2 would be a program that could not run.
check() {
  local root=$1 format=$2 lang=$3 out=$4 status=0
  "$MINGBAI" check --root "$root" --as-of "$MINGBAI_AS_OF" --format "$format" --lang "$lang" >"$out" || status=$?
  ((status < 2))
}

spoil
for lang in zh en; do
  check "$work/portal" sarif "$lang" "$work/spoilt.$lang.sarif"
  check "$MINGBAI_PORTAL" sarif "$lang" "$work/clean.$lang.sarif"
  check "$work/portal" json "$lang" "$work/spoilt.$lang.json"
  check "$work/portal" github "$lang" "$work/spoilt.$lang.txt"
  python3 -m json.tool "$work/spoilt.$lang.json" >/dev/null
  if grep -vE '^::(error|warning|notice) file=[^,]+(,line=[0-9]+,(col=[0-9]+,endColumn|endLine)=[0-9]+)?,title=[A-Z]{2}[0-9]{2} [a-z0-9-]+::' "$work/spoilt.$lang.txt"; then
    echo 'these lines are no commands of GitHub Actions' >&2
    exit 1
  fi
done
for part in '"fixes"' '"suppressions"' '"relatedLocations"' '"level": "error"' '"level": "warning"' '"level": "note"'; do
  grep -q "$part" "$work/spoilt.zh.sarif" || { echo "the spoilt portal has no $part" >&2; exit 1; }
done
validate "$work"/*.sarif "$here/../site/formats/findings.sarif"

# A schema that refuses nothing would check nothing.
sed '0,/"level": "error"/s//"level": "fatal"/' "$work/spoilt.zh.sarif" >"$work/level.sarif"
sed '0,/"startLine": [0-9]*/s//"startLine": 0/' "$work/spoilt.zh.sarif" >"$work/line.sarif"
sed '0,/"suppressions"/s//"suppression"/' "$work/spoilt.zh.sarif" >"$work/key.sarif"
for broken in level line key; do
  if validate "$work/$broken.sarif" >/dev/null 2>&1; then
    echo "the schema accepts a broken report: $broken" >&2
    exit 1
  fi
done
echo "$(grep -c '"ruleId"' "$work/spoilt.zh.sarif") findings in four forms and two languages are as they should be"
